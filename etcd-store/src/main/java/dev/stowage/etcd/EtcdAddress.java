package dev.stowage.etcd;

import dev.stowage.emulator.record.StoreUrl;
import dev.stowage.storage.StorageException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
    static EtcdAddress parse(String text, Map<String, String> environment) {
        StoreUrl url = StoreUrl.parse(text);
        String http = url.scheme().equals("etcds") ? "https://" : "http://";
        Optional<String> credentials = url.user().isPresent()
                ? Optional.of(url.user().get()
                        + url.password().map(password -> ":" + password).orElse(""))
                : Optional.ofNullable(environment.get("ETCDCTL_USER"));
        if (credentials.isPresent() && !credentials.get().contains(":")) {
            throw StoreUrl.refused("there is a user, but no password; set ETCDCTL_USER to user:password");
        }
        List<URI> endpoints = List.of(url.hosts().split(",", -1)).stream()
                .map(host -> endpoint(http, host))
                .toList();
        Map<String, String> parameters = new HashMap<>(url.parameters());
        Optional<String> caFile = Optional.ofNullable(parameters.remove("cacert"))
                .or(() -> Optional.ofNullable(environment.get("ETCDCTL_CACERT")));
        int maxTxnOps = number(parameters.remove("max-txn-ops"));
        if (!parameters.isEmpty()) {
            throw StoreUrl.refused("it has a parameter other than cacert and max-txn-ops");
        }
        return new EtcdAddress(
                endpoints, url.path().isEmpty() ? DEFAULT_PREFIX : url.path(), credentials, caFile, maxTxnOps);
    }

    private static URI endpoint(String http, String host) {
        if (!HOST.matcher(host).matches()) {
            throw StoreUrl.refused("a member is not of the form host:port");
        }
        return URI.create(http + host);
    }

    private static int number(@Nullable String text) {
        if (text == null) {
            return DEFAULT_MAX_TXN_OPS;
        }
        try {
            return Math.max(1, Integer.parseInt(text));
        } catch (NumberFormatException none) {
            throw StoreUrl.refused("max-txn-ops is no number");
        }
    }

    /** Names the members without credentials. */
    @Override
    public String toString() {
        return "etcd at " + endpoints;
    }
}
