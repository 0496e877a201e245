package dev.stowage.emulator.advice;

import dev.stowage.storage.StoreName;
import java.util.List;

/** A record as an app sees it. */
record RecordOfInstall(long installId, StoreName store, String key) {

    /** Advice on a record of the operation. */
    Advice advice(Practice practice, String observation, List<String> evidence) {
        return new Advice(practice, store, key, observation, evidence);
    }
}
