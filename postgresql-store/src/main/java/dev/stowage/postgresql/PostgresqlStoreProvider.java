package dev.stowage.postgresql;

import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.RecordStoreProvider;
import java.util.Set;

/** Opens stores at URLs of the form {@code postgresql://user@host:5432/database}. */
public final class PostgresqlStoreProvider implements RecordStoreProvider {

    private static final Set<String> SCHEMES = Set.of("postgresql", "postgres");

    @Override
    public boolean supports(String scheme) {
        return SCHEMES.contains(scheme);
    }

    @Override
    public RecordStore open(String url) {
        Database database = Database.open(ConnectionSettings.parse(url, System.getenv()));
        try {
            return new PostgresqlRecordStore(database);
        } catch (RuntimeException | Error problem) {
            database.close();
            throw problem;
        }
    }
}
