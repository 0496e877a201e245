package dev.stowage.postgresql;

import dev.stowage.store.SharedStoreContract;

class PostgresqlSharedTest extends SharedStoreContract {

    private static final String URL = Postgres.newDatabase();

    @Override
    protected String url() {
        return URL;
    }
}
