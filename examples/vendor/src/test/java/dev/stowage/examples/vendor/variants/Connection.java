package dev.stowage.examples.vendor.variants;

import dev.stowage.storage.BaseStore;
import dev.stowage.storage.Hash;
import java.util.function.Predicate;

/** Stores a token that the user entered, if the vendor accepts it. */
public interface Connection {

    /** @return false if the vendor does not accept the token, which is then not stored */
    boolean connect(String token);

    /** Correct: only a token that was checked is stored. */
    record CheckedFirst(BaseStore secrets, Predicate<String> vendorAccepts) implements Connection {
        @Override
        public boolean connect(String token) {
            if (!vendorAccepts.test(token)) {
                return false;
            }
            secrets.put("token", Hash.of("token", token));
            return true;
        }
    }

    /** The mistake: the token is stored first and deleted if it is wrong, unless a fault prevents that. */
    record StoredFirst(BaseStore secrets, Predicate<String> vendorAccepts) implements Connection {
        @Override
        public boolean connect(String token) {
            secrets.put("token", Hash.of("token", token));
            if (!vendorAccepts.test(token)) {
                secrets.delete("token");
                return false;
            }
            return true;
        }
    }
}
