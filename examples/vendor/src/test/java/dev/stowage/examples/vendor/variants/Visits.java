package dev.stowage.examples.vendor.variants;

import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;

/** Counts visits of a page, with the time of the last one. */
public interface Visits {

    void count(String page);

    private static Hash counted(Hash page) {
        Long visits = page.getLong("visits");
        return page.with("visits", visits == null ? 1 : visits + 1);
    }

    /** Correct: if another client writes in between, the updater runs again. */
    record ByPatch(KeyValueStore kv) implements Visits {
        @Override
        public void count(String page) {
            kv.patch(page, Visits::counted);
        }
    }

    /** The mistake: a visit that another client counts between the get and the put is lost. */
    record ByGetAndPut(KeyValueStore kv) implements Visits {
        @Override
        public void count(String page) {
            kv.put(page, counted(kv.get(page)));
        }
    }
}
