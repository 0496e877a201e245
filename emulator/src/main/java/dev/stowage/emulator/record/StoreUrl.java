package dev.stowage.emulator.record;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of a store's URL, {@code scheme://user:password@hosts/path?name=value}, decoded where they are read one by one. Refusals show none of them, as they may be
 * secret.
 *
 * @param credentials what comes before the last {@code @} of the hosts
 * @param hosts as they are written, for example {@code one:5432,two:5432}
 * @param path without its first slash; empty if there is none
 */
public record StoreUrl(
        String scheme, Optional<String> credentials, String hosts, String path, Map<String, String> parameters) {

    /** @throws StorageException {@code invalid_request} if the URL is malformed */
    public static StoreUrl parse(String url) {
        int colon = url.indexOf("://");
        if (colon < 1) {
            throw refused("it does not begin with a scheme, as in postgresql://host:5432/database");
        }
        String rest = url.substring(colon + 3);
        int question = rest.indexOf('?');
        Map<String, String> parameters = question < 0 ? Map.of() : parameters(rest.substring(question + 1));
        String place = question < 0 ? rest : rest.substring(0, question);
        int slash = place.indexOf('/');
        String authority = slash < 0 ? place : place.substring(0, slash);
        int at = authority.lastIndexOf('@');
        String hosts = authority.substring(at + 1);
        if (hosts.isEmpty()) {
            throw refused("it names no host");
        }
        return new StoreUrl(
                url.substring(0, colon),
                at < 0 ? Optional.empty() : Optional.of(authority.substring(0, at)),
                hosts,
                slash < 0 ? "" : decode(place.substring(slash + 1)),
                parameters);
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals < 1) {
                throw refused("a parameter has no value");
            }
            parameters.put(decode(parameter.substring(0, equals)), decode(parameter.substring(equals + 1)));
        }
        return parameters;
    }

    public Optional<String> user() {
        return credentials.map(text -> decode(text.contains(":") ? text.substring(0, text.indexOf(':')) : text));
    }

    public Optional<String> password() {
        return credentials
                .filter(text -> text.contains(":"))
                .map(text -> decode(text.substring(text.indexOf(':') + 1)));
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw refused("it contains a percent sign that begins no escape sequence");
        }
    }

    /** The refusal of a URL. */
    public static StorageException refused(String why) {
        return new StorageException(
                ErrorCode.INVALID_REQUEST,
                "The URL of the store can't be used: " + why
                        + ". Its parts are not shown here, as they may be secret.");
    }

    /** Shows neither credentials nor parameters. */
    @Override
    public String toString() {
        return scheme + "://" + hosts + (path.isEmpty() ? "" : "/" + path);
    }
}
