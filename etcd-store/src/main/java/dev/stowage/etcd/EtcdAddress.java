package dev.stowage.etcd;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a cluster is and how to log in. A URL has the form {@code etcd://user:password@host:2379,host:2379/prefix?parameter=value}. The
 * parameters are {@code cacert}, the file of the certificate authority for {@code etcds://}, and {@code max-txn-ops}, what the cluster was
 * started with. What it omits comes from the variables of etcd's own client: {@code ETCDCTL_USER} and {@code ETCDCTL_CACERT}.
 *
 * @param endpoints the URLs of the members
 * @param prefix of all keys
 * @param credentials {@code user:password}; never shown
 * @param caFile the certificates that are trusted; empty for the JDK's own
 * @param maxTxnOps the number of operations in a transaction that the cluster allows
 */
record EtcdAddress(
        List<URI> endpoints, String prefix, Optional<String> credentials, Optional<String> caFile, int maxTxnOps) {

    private static final int DEFAULT_MAX_TXN_OPS = 128;
    private static final String DEFAULT_PREFIX = "stowage";
    private static final Pattern HOST = Pattern.compile("(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\]):[0-9]{1,5}");

    /** @throws StorageException {@code invalid_request} if the URL is malformed */
    static EtcdAddress parse(String url, Map<String, String> environment) {
        int scheme = url.indexOf("://");
        String http = url.startsWith("etcds") ? "https://" : "http://";
        String rest = url.substring(scheme + 3);
        Map<String, String> parameters = new HashMap<>();
        int question = rest.indexOf('?');
        if (question >= 0) {
            for (String parameter : rest.substring(question + 1).split("&", -1)) {
                int equals = parameter.indexOf('=');
                if (equals < 1) {
                    throw refused("a parameter has no value");
                }
                parameters.put(parameter.substring(0, equals), decode(parameter.substring(equals + 1)));
            }
            rest = rest.substring(0, question);
        }
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        String prefix = slash < 0 ? "" : decode(rest.substring(slash + 1));
        int at = authority.lastIndexOf('@');
        Optional<String> credentials = at < 0
                ? Optional.ofNullable(environment.get("ETCDCTL_USER"))
                : Optional.of(decode(authority.substring(0, at)));
        if (credentials.isPresent() && !credentials.get().contains(":")) {
            throw refused("there is a user, but no password");
        }
        List<URI> endpoints = List.of(authority.substring(at + 1).split(",", -1)).stream()
                .map(host -> endpoint(http, host))
                .toList();
        Optional<String> caFile = Optional.ofNullable(parameters.remove("cacert"))
                .or(() -> Optional.ofNullable(environment.get("ETCDCTL_CACERT")));
        int maxTxnOps = number(parameters.remove("max-txn-ops"));
        if (!parameters.isEmpty()) {
            throw refused("it has a parameter other than cacert and max-txn-ops");
        }
        return new EtcdAddress(endpoints, prefix.isEmpty() ? DEFAULT_PREFIX : prefix, credentials, caFile, maxTxnOps);
    }

    private static URI endpoint(String http, String host) {
        if (!HOST.matcher(host).matches()) {
            throw refused("a member is not of the form host:port");
        }
        return URI.create(http + host);
    }

    private static int number(@org.jspecify.annotations.Nullable String text) {
        if (text == null) {
            return DEFAULT_MAX_TXN_OPS;
        }
        try {
            return Math.max(1, Integer.parseInt(text));
        } catch (NumberFormatException none) {
            throw refused("max-txn-ops is no number");
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
                "The URL of the etcd store can't be used: " + why
                        + ". It has the form etcd://host:2379,host:2379,host:2379/prefix. Its parts are not shown here, as"
                        + " they may be secret.");
    }

    /** Names the members without credentials. */
    @Override
    public String toString() {
        return "etcd at " + endpoints;
    }
}
