package dev.stowage.etcd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stowage.emulator.record.OutcomeUnknownException;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Sends transactions to a cluster by the JSON gateway that every member has. A member that can't be used is followed by the next one.
 * Waits are bounded by {@link #LONGEST_WAIT}: what certainly did not happen is {@code unavailable}; a write that may have happened is an
 * {@link OutcomeUnknownException}.
 */
final class EtcdClient implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration REQUEST = Duration.ofSeconds(5);
    /** How long a call is tried again before its last try. */
    private static final Duration RETRIES = Duration.ofSeconds(7);

    static final Duration LONGEST_WAIT = RETRIES.plus(CONNECT).plus(REQUEST);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final ObjectMapper JSON = new ObjectMapper();

    // Codes of gRPC.
    private static final int INVALID_ARGUMENT = 3;
    private static final int PERMISSION_DENIED = 7;
    private static final int RESOURCE_EXHAUSTED = 8;
    private static final int UNAUTHENTICATED = 16;

    /** Its code is that of a malformed request. */
    private static final String OLD_TOKEN = "revision of auth store is old";

    private final EtcdAddress address;
    private final HttpClient http;
    private final AtomicInteger preferred = new AtomicInteger();
    private volatile @Nullable String token;

    EtcdClient(EtcdAddress address) {
        this.address = address;
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
        address.caFile().ifPresent(file -> builder.sslContext(TrustedCertificates.in(file)));
        this.http = builder.build();
    }

    /**
     * Reads a key, whether it exists or not.
     *
     * @throws StorageException {@code unavailable} if no member can be used; {@code invalid_request} if the credentials are refused, or
     *     don't allow to read it
     */
    void check(byte[] key) {
        read(new Txn().read(key));
    }

    /** Why a request has no result. */
    private static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        private final boolean mayHaveHappened;

        Failed(String message, boolean mayHaveHappened, @Nullable Throwable cause) {
            super(message, cause);
            this.mayHaveHappened = mayHaveHappened;
        }
    }

    /**
     * Runs a transaction that only reads. It is repeated while there is time.
     *
     * @throws StorageException {@code unavailable}
     */
    TxnResponse read(Txn txn) {
        return new TxnResponse(repeated("/v3/kv/txn", txn.request(), false));
    }

    /**
     * Runs a transaction that writes. It is repeated while it certainly did not happen and there is time.
     *
     * @throws StorageException {@code unavailable}; it did not happen
     * @throws OutcomeUnknownException if it may have happened
     */
    TxnResponse write(Txn txn) {
        return new TxnResponse(repeated("/v3/kv/txn", txn.request(), true));
    }

    /** Reads one page of a range. */
    JsonNode range(ObjectNode request) {
        return repeated("/v3/kv/range", request, false);
    }

    private JsonNode repeated(String path, ObjectNode request, boolean writes) {
        long start = System.nanoTime();
        while (true) {
            int member = preferred.get();
            try {
                return send(member, path, request);
            } catch (Failed failed) {
                preferred.compareAndSet(
                        member, (member + 1) % address.endpoints().size());
                if (writes && failed.mayHaveHappened) {
                    throw new OutcomeUnknownException(failed);
                }
                if (System.nanoTime() - start > RETRIES.toNanos()
                        || Thread.currentThread().isInterrupted()) {
                    throw new StorageException(
                            ErrorCode.UNAVAILABLE,
                            "The store (" + address + ") can't be used: " + failed.getMessage()
                                    + ". Nothing was done. Try again.",
                            failed);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private JsonNode send(int member, String path, ObjectNode request) throws Failed {
        URI endpoint = address.endpoints().get(member);
        Optional<String> credentials = address.credentials();
        if (credentials.isPresent() && token == null) {
            token = authenticate(endpoint, credentials.get());
        }
        HttpResponse<byte[]> response = post(endpoint, path, request);
        if (response.statusCode() == 200) {
            return parse(response);
        }
        JsonNode problem = parse(response);
        String message =
                problem.path("error").asText(problem.path("message").asText("status " + response.statusCode()));
        int code = problem.path("code").asInt();
        if (code == UNAUTHENTICATED || message.contains(OLD_TOKEN)) {
            // The token has expired, or a user or a role has changed since; the next try gets a new one.
            token = null;
            throw new Failed(message, false, null);
        }
        if (code == PERMISSION_DENIED || code == INVALID_ARGUMENT || code == RESOURCE_EXHAUSTED) {
            throw refused(code, message);
        }
        throw new Failed(message, !message.contains("no leader"), null);
    }

    private StorageException refused(int code, String message) {
        return new StorageException(
                code == RESOURCE_EXHAUSTED ? ErrorCode.UNAVAILABLE : ErrorCode.INVALID_REQUEST,
                "The store (" + address + ") has refused the request: " + message + ". Nothing was done.");
    }

    private String authenticate(URI endpoint, String credentials) throws Failed {
        int colon = credentials.indexOf(':');
        ObjectNode request = JSON.createObjectNode();
        request.put("name", credentials.substring(0, colon));
        request.put("password", credentials.substring(colon + 1));
        HttpResponse<byte[]> response = post(endpoint, "/v3/auth/authenticate", request);
        if (response.statusCode() != 200) {
            String message = parse(response).path("error").asText();
            if (message.contains("authentication failed") || message.contains("not enabled")) {
                throw new StorageException(
                        ErrorCode.INVALID_REQUEST, "The store (" + address + ") refuses the credentials: " + message);
            }
            throw new Failed(message, false, null);
        }
        return parse(response).path("token").asText();
    }

    private HttpResponse<byte[]> post(URI endpoint, String path, ObjectNode request) throws Failed {
        HttpRequest.Builder builder = HttpRequest.newBuilder(endpoint.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(request.toString()));
        String current = token;
        if (current != null) {
            builder.header("Authorization", current);
        }
        // The client's own timeout ends with the head of the response.
        CompletableFuture<HttpResponse<byte[]>> response = http.sendAsync(builder.build(), BodyHandlers.ofByteArray());
        try {
            return response.get(REQUEST.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw failure(endpoint, failed.getCause());
        } catch (TimeoutException late) {
            response.cancel(true);
            throw new Failed(endpoint.getRawAuthority() + " has not answered", true, late);
        } catch (InterruptedException interrupted) {
            response.cancel(true);
            Thread.currentThread().interrupt();
            throw new Failed("the call was interrupted", true, interrupted);
        }
    }

    private static Failed failure(URI endpoint, @Nullable Throwable cause) {
        String member = endpoint.getRawAuthority();
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            return new Failed(member + " can't be reached", false, cause);
        }
        if (cause instanceof SSLHandshakeException) {
            return new Failed("the TLS handshake with " + member + " has failed: " + cause.getMessage(), false, cause);
        }
        return new Failed(member + " has not answered", true, cause);
    }

    private static JsonNode parse(HttpResponse<byte[]> response) throws Failed {
        try {
            return JSON.readTree(response.body());
        } catch (IOException noJson) {
            throw new Failed("status " + response.statusCode() + " without JSON", true, noJson);
        }
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    @Override
    public void close() {
        // The JDK's client ends with its last request.
    }
}
