package dev.stowage.storage.http;

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
 * The storage API over the wire protocol. Connections are kept alive and shared by all threads; nothing is ever sent twice
 * on its own account, so an operation whose answer was lost fails with
 * {@link dev.stowage.storage.ErrorCode#UNAVAILABLE} and may have been carried out.
 */
public final class HttpStorage implements Storage {

    private final URI uri;
    private final Transport transport;
    private final Storage storage;

    private HttpStorage(Builder builder) {
        uri = builder.uri;
        transport = new HttpTransport(builder.client(), builder.uri, builder.apiKey, builder.requestTimeout);
        storage = new TransportStorage(transport, builder.patchLimit);
    }

    /**
     * Opens the storage of an install, or, with an app's key, the one store that a global function has (INST-3).
     *
     * @param uri where the service listens: {@code http://127.0.0.1:4300}
     */
    public static HttpStorage connect(URI uri, String apiKey) {
        return builder(uri, apiKey).build();
    }

    public static Builder builder(URI uri, String apiKey) {
        return new Builder(uri, apiKey);
    }

    /** The way to the service beneath it, for who puts something in between. */
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
    public String toString() {
        return "HttpStorage[" + uri + "]";
    }

    /** What can be told to a connection. */
    public static final class Builder {

        private final URI uri;
        private final String apiKey;
        private Duration connectTimeout = Duration.ofSeconds(5);
        private Duration requestTimeout = Duration.ofSeconds(30);
        private Duration patchLimit = TransportStorage.DEFAULT_PATCH_LIMIT;
        private @Nullable HttpClient httpClient;

        private Builder(URI uri, String apiKey) {
            this.uri = Objects.requireNonNull(uri, "uri");
            this.apiKey = Objects.requireNonNull(apiKey, "apiKey");
        }

        /** How long to wait for a connection; 5 s unless told. */
        public Builder connectTimeout(Duration timeout) {
            connectTimeout = timeout;
            return this;
        }

        /** How long to wait for an answer; 30 s unless told. */
        public Builder requestTimeout(Duration timeout) {
            requestTimeout = timeout;
            return this;
        }

        /** How long a patch with an updater tries to win against other writers; 30 s unless told. */
        public Builder patchLimit(Duration limit) {
            patchLimit = limit;
            return this;
        }

        /** A client of your own, for its proxy, TLS or executor; its connect timeout counts then. */
        public Builder httpClient(HttpClient client) {
            httpClient = client;
            return this;
        }

        private HttpClient client() {
            return httpClient != null
                    ? httpClient
                    : HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .connectTimeout(connectTimeout)
                            .build();
        }

        public HttpStorage build() {
            return new HttpStorage(this);
        }
    }
}
