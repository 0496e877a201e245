package dev.stowage.storage.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stowage.storage.BaseStore;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.Storage;
import dev.stowage.storage.client.TransportStorage;
import dev.stowage.storage.operation.Transport;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The storage API over HTTP. Connections are kept alive and shared by all threads. A request is never repeated
 * automatically: if its response is lost, the operation fails with {@link dev.stowage.storage.ErrorCode#UNAVAILABLE} and may
 * have been carried out.
 *
 * <p>Before Java 24, the JDK's client itself loses, very seldom, the response on a connection that it uses again (JDK-8338569).
 */
public final class HttpStorage implements Storage {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final URI uri;
    private final Transport transport;
    private final Storage storage;

    private HttpStorage(URI uri, Transport transport, Storage storage) {
        this.uri = uri;
        this.transport = transport;
        this.storage = storage;
    }

    /**
     * Opens the storage of an install with the default settings.
     *
     * @param uri the URL of the service: {@code http://127.0.0.1:4300}
     * @param apiKey the API key of the install; with an app's key only {@link #sharedKvStore()} can be used (INST-3)
     */
    public static HttpStorage connect(URI uri, String apiKey) {
        return builder(uri, apiKey).build();
    }

    /** As {@link #connect}, with settings of your own. */
    public static Builder builder(URI uri, String apiKey) {
        return new Builder(uri, apiKey);
    }

    /**
     * Returns a new client as {@link #connect} uses it, to be shared by several connections ({@link Builder#httpClient}): HTTP/1.1, a time
     * limit of 5 seconds to establish a connection, no redirects. A client for an {@code http} URL has no TLS.
     */
    public static HttpClient newHttpClient(URI uri) {
        return newHttpClient(uri, CONNECT_TIMEOUT);
    }

    private static HttpClient newHttpClient(URI uri, Duration connectTimeout) {
        HttpClient.Builder client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(connectTimeout);
        if ("http".equalsIgnoreCase(uri.getScheme())) {
            client.sslContext(WithoutTls.context());
        }
        return client.build();
    }

    /** The transport to the service, to be wrapped by a transport of your own. */
    public Transport transport() {
        return transport;
    }

    @Override
    public BaseStore secrets() {
        return storage.secrets();
    }

    @Override
    public BaseStore settings() {
        return storage.settings();
    }

    @Override
    public KeyValueStore kvStore() {
        return storage.kvStore();
    }

    @Override
    public KeyValueStore sharedKvStore() {
        return storage.sharedKvStore();
    }

    @Override
    public HttpStorage withMapper(ObjectMapper mapper) {
        return new HttpStorage(uri, transport, storage.withMapper(mapper));
    }

    @Override
    public String toString() {
        return "HttpStorage[" + uri + "]";
    }

    /** The settings of a connection. */
    public static final class Builder {

        private final URI uri;
        private final String apiKey;
        private Duration connectTimeout = CONNECT_TIMEOUT;
        private Duration requestTimeout = Duration.ofSeconds(30);
        private Duration patchLimit = TransportStorage.DEFAULT_PATCH_LIMIT;
        private @Nullable HttpClient httpClient;
        private @Nullable ObjectMapper mapper;

        private Builder(URI uri, String apiKey) {
            this.uri = Objects.requireNonNull(uri, "uri");
            this.apiKey = Objects.requireNonNull(apiKey, "apiKey");
        }

        /** The time limit for establishing a connection; default: 5 seconds. */
        public Builder connectTimeout(Duration timeout) {
            connectTimeout = timeout;
            return this;
        }

        /** The time limit for a response; default: 30 seconds. */
        public Builder requestTimeout(Duration timeout) {
            requestTimeout = timeout;
            return this;
        }

        /** The time limit for a patch with an updater, including all of its retries; default: 30 seconds. */
        public Builder patchLimit(Duration limit) {
            patchLimit = limit;
            return this;
        }

        /** A client of your own, for a proxy, TLS or an executor. Its connect timeout then applies. */
        public Builder httpClient(HttpClient client) {
            httpClient = client;
            return this;
        }

        private HttpClient client() {
            return httpClient != null ? httpClient : newHttpClient(uri, connectTimeout);
        }

        /**
         * A mapper of your own for typed access, used as it is configured; default:
         * {@link Storage#mapperBuilder() Storage.mapperBuilder().build()}.
         */
        public Builder mapper(ObjectMapper objectMapper) {
            mapper = Objects.requireNonNull(objectMapper, "objectMapper");
            return this;
        }

        public HttpStorage build() {
            Transport transport = new HttpTransport(client(), uri, apiKey, requestTimeout);
            Storage storage = TransportStorage.takingTurns(transport, patchLimit);
            return new HttpStorage(uri, transport, mapper == null ? storage : storage.withMapper(mapper));
        }
    }
}
