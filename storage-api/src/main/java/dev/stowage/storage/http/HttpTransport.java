package dev.stowage.storage.http;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.operation.Reply;
import dev.stowage.storage.operation.Transport;
import dev.stowage.storage.wire.OperationWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sends each operation as one POST request. */
final class HttpTransport implements Transport {

    private final HttpClient client;
    private final String base;
    private final String authorization;
    private final Duration requestTimeout;

    HttpTransport(HttpClient client, URI uri, String apiKey, Duration requestTimeout) {
        this.client = client;
        this.base = uri.toString().replaceAll("/+$", "") + "/v1/";
        this.authorization = "Bearer " + apiKey;
        this.requestTimeout = requestTimeout;
    }

    @Override
    public Reply execute(StoreName store, Operation operation) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + store.wireName() + "/" + operation.name()))
                .timeout(requestTimeout)
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(OperationWriter.body(operation, store.isKeyValue())))
                .build();
        HttpResponse<byte[]> response = send(request, store, operation);
        if (response.statusCode() != 200) {
            throw ProblemReader.read(response.statusCode(), response.body());
        }
        return ReplyReader.read(response.body(), operation);
    }

    private HttpResponse<byte[]> send(HttpRequest request, StoreName store, Operation operation) {
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (ConnectException | HttpConnectTimeoutException unreachable) {
            throw unavailable(
                    store, operation, "cannot connect. Is the service running? Nothing was done", unreachable);
        } catch (HttpTimeoutException late) {
            throw unavailable(
                    store,
                    operation,
                    "no response within " + seconds(requestTimeout) + " seconds. It may have been carried out",
                    late);
        } catch (IOException broken) {
            throw unavailable(
                    store,
                    operation,
                    "the connection broke before the response arrived. It may have been carried out",
                    broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw unavailable(
                    store, operation, "the thread was interrupted. It may have been carried out", interrupted);
        }
    }

    /** Transports to the same service with the same key are the same client. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HttpTransport transport
                && base.equals(transport.base)
                && authorization.equals(transport.authorization);
    }

    @Override
    public int hashCode() {
        return Objects.hash(base, authorization);
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    private StorageException unavailable(StoreName store, Operation operation, String why, Exception cause) {
        return new StorageException(
                ErrorCode.UNAVAILABLE,
                store + "." + operation.name() + " of '" + operation.key() + "' at " + base + ": " + why + ".",
                cause);
    }
}
