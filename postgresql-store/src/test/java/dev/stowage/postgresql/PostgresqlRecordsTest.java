package dev.stowage.postgresql;

import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.RecordStoreProvider;
import dev.stowage.store.RecordStoreContract;

class PostgresqlRecordsTest extends RecordStoreContract {

    private static final String URL = Postgres.newDatabase();

    @Override
    protected RecordStore open() {
        return RecordStoreProvider.openWithProvider(URL);
    }

    @Override
    protected int rounds() {
        return 200;
    }
}
