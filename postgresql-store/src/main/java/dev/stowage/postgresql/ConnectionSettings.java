package dev.stowage.postgresql;

import dev.stowage.emulator.record.StoreUrl;
import dev.stowage.storage.StorageException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Where a database is and how to log in. A URL has the form {@code postgresql://user:password@host:5432/database?parameter=value}, with
 * several hosts separated by commas; its parameters are those of the JDBC driver. What it omits comes from the variables of PostgreSQL's
 * own programs: {@code PGUSER}, {@code PGPASSWORD}, {@code PGDATABASE}, {@code PGSSLMODE}, {@code PGSSLROOTCERT}.
 *
 * @param hosts what comes between the credentials and the path
 * @param properties of the driver, credentials included. They are never shown
 */
record ConnectionSettings(String hosts, String database, Properties properties) {

    private static final Map<String, String> VARIABLES =
            Map.of("PGUSER", "user", "PGPASSWORD", "password", "PGSSLMODE", "sslmode", "PGSSLROOTCERT", "sslrootcert");

    /** @throws StorageException {@code invalid_request} if the URL is malformed */
    static ConnectionSettings parse(String text, Map<String, String> environment) {
        StoreUrl url = StoreUrl.parse(text);
        Properties properties = new Properties();
        VARIABLES.forEach((variable, property) ->
                Optional.ofNullable(environment.get(variable)).ifPresent(value -> properties.put(property, value)));
        properties.putAll(url.parameters());
        url.user().ifPresent(user -> properties.put("user", user));
        url.password().ifPresent(password -> properties.put("password", password));
        String database = url.path().isEmpty() ? environment.getOrDefault("PGDATABASE", "") : url.path();
        if (database.isEmpty()) {
            throw StoreUrl.refused("it names no database; it has the form postgresql://user@host:5432/database");
        }
        return new ConnectionSettings(url.hosts(), database, properties);
    }

    String jdbcUrl() {
        return "jdbc:postgresql://" + hosts + "/" + database.replace("%", "%25").replace("?", "%3F");
    }

    /** Names the database without credentials. */
    @Override
    public String toString() {
        return "postgresql://" + hosts + "/" + database;
    }
}
