package dev.stowage.postgresql;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
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
    static ConnectionSettings parse(String url, Map<String, String> environment) {
        String rest = url.substring(url.indexOf("://") + 3);
        Properties properties = new Properties();
        VARIABLES.forEach((variable, property) ->
                Optional.ofNullable(environment.get(variable)).ifPresent(value -> properties.put(property, value)));
        int question = rest.indexOf('?');
        if (question >= 0) {
            parseParameters(rest.substring(question + 1), properties);
            rest = rest.substring(0, question);
        }
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        String path = slash < 0 ? "" : decode(rest.substring(slash + 1));
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            parseCredentials(authority.substring(0, at), properties);
        }
        String hosts = authority.substring(at + 1);
        if (hosts.isEmpty()) {
            throw refused("it names no host");
        }
        String database = path.isEmpty() ? environment.getOrDefault("PGDATABASE", "") : path;
        if (database.isEmpty()) {
            throw refused("it names no database");
        }
        return new ConnectionSettings(hosts, database, properties);
    }

    private static void parseParameters(String query, Properties properties) {
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals < 1) {
                throw refused("a parameter has no value");
            }
            properties.put(decode(parameter.substring(0, equals)), decode(parameter.substring(equals + 1)));
        }
    }

    private static void parseCredentials(String credentials, Properties properties) {
        int colon = credentials.indexOf(':');
        properties.put("user", decode(colon < 0 ? credentials : credentials.substring(0, colon)));
        if (colon >= 0) {
            properties.put("password", decode(credentials.substring(colon + 1)));
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw refused("it contains a percent sign that begins no escape sequence");
        }
    }

    private static StorageException refused(String why) {
        return new StorageException(
                ErrorCode.INVALID_REQUEST,
                "The URL of the PostgreSQL store can't be used: " + why
                        + ". It has the form postgresql://user@host:5432/database. Its parts are not shown here, as"
                        + " they may be secret.");
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
