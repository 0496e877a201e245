package dev.stowage.examples.vendor.twins;

import dev.stowage.storage.BaseStore;
import dev.stowage.storage.Hash;
import java.util.function.Predicate;

/** Takes a token that the user has typed in, if the vendor accepts it. */
public interface Connection {

    /** @return false if the vendor doesn't accept it; then it isn't kept */
    boolean connect(String token);

    /** As it should be: what is stored was checked. */
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

    /** The mistake: stored first, and taken away again if it was wrong. Unless something comes in between. */
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
