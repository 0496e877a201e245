package dev.stowage.postgresql;

import dev.stowage.emulator.record.RecordStore;
import dev.stowage.store.StepsWithoutThread;

/** As {@link PostgresqlRecordsTest}, for steps that no thread waits for. */
class PostgresqlStepsWithoutThreadTest extends PostgresqlRecordsTest {

    @Override
    protected RecordStore open() {
        return new StepsWithoutThread(super.open());
    }
}
