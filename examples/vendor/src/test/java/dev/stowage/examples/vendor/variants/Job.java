package dev.stowage.examples.vendor.variants;

import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import java.time.Duration;

/** A job that must not run twice at once. */
public interface Job {

    /** @return false if it is already running */
    boolean run();

    /** Correct: if the job dies, its lock expires. */
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

    /** The mistake: if the job dies before it deletes the lock, it never runs again. */
    record WithALockWithoutTtl(KeyValueStore kv) implements Job {
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
