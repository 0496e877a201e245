package dev.stowage.examples.vendor.twins;

import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import java.time.Duration;

/** Something that must not run twice at once. */
public interface Job {

    /** @return false if it runs already */
    boolean run();

    /** As it should be: if it dies, the lock goes by itself. */
    record WithAnExpiringLock(KeyValueStore kv) implements Job {
        @Override
        public boolean run() {
            if (!kv.put("lock", Hash.of("held", true), Duration.ofMinutes(10)).isEmpty()) {
                return false;
            }
            kv.increment("job", "runs");
            kv.delete("lock");
            return true;
        }
    }

    /** The mistake: if it dies before it has deleted the lock, it never runs again. */
    record WithAnEternalLock(KeyValueStore kv) implements Job {
        @Override
        public boolean run() {
            if (!kv.put("lock", Hash.of("held", true)).isEmpty()) {
                return false;
            }
            kv.increment("job", "runs");
            kv.delete("lock");
            return true;
        }
    }
}
