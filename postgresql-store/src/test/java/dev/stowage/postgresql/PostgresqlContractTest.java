package dev.stowage.postgresql;

import dev.stowage.contract.StorageContract;
import dev.stowage.contract.backend.StorageUnderTest;
import dev.stowage.store.EmulatorsUnderTest;
import java.time.Duration;

/** The contract suite against two emulators, in this process, that share one database. */
class PostgresqlContractTest extends StorageContract {

    @Override
    protected Duration timeLimit() {
        return Duration.ofMinutes(3);
    }

    @Override
    protected StorageUnderTest storageUnderTest() {
        return new EmulatorsUnderTest("a PostgreSQL database", Postgres.newDatabase());
    }
}
