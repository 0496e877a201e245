package dev.stowage.postgresql;

import dev.stowage.contract.StorageContract;
import dev.stowage.contract.backend.StorageUnderTest;

/** The contract suite against two emulators, in this process, that share one database. */
class PostgresqlContractTest extends StorageContract {

    @Override
    protected StorageUnderTest storageUnderTest() {
        return new TwoEmulatorsUnderTest(Postgres.newDatabase());
    }
}
