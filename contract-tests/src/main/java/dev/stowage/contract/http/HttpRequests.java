package dev.stowage.contract.http;

import dev.stowage.contract.call.NoAnswer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Requests to one server, each with an end: what is not there in time is no answer. Nothing is sent twice but what was throttled. */
final class HttpRequests {

    private static final int MOST_THROTTLED = 20;
    private static final int THROTTLED = 429;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;
    private final Duration timeout;

    HttpRequests(URI server, Duration timeout) {
        String text = server.toString();
        this.server = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        this.timeout = timeout;
    }

    URI server() {
        return server;
    }

    /** An answer as it came. */
    @SuppressWarnings("ArrayRecordComponent")
    record Response(int status, String contentType, byte[] body) {

        /** Its beginning, for a message. */
        String excerpt() {
            String text = new String(body, StandardCharsets.UTF_8).strip().replaceAll("\\s+", " ");
            return text.length() <= 80 ? text : text.substring(0, 80) + "…";
        }
    }

    /**
     * Sends it and waits.
     *
     * @throws NoAnswer if the connection breaks or the time is over
     */
    Response send(String method, String path, Map<String, String> headers, @Nullable String body) {
        for (int attempt = 0; ; attempt++) {
            HttpResponse<byte[]> response = sendOnce(method, path, headers, body);
            if (response.statusCode() != THROTTLED || attempt == MOST_THROTTLED) {
                return new Response(
                        response.statusCode(),
                        response.headers().firstValue("Content-Type").orElse("no content type"),
                        response.body());
            }
            // Nothing was done, so to ask again is safe.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(Math.min(1_000, 50L << Math.min(attempt, 5))));
        }
    }

    private HttpResponse<byte[]> sendOnce(
            String method, String path, Map<String, String> headers, @Nullable String body) {
        HttpRequest.Builder request;
        try {
            request = HttpRequest.newBuilder(URI.create(server + path));
        } catch (IllegalArgumentException notHttp) {
            throw new NoAnswer(server + " is no address of an HTTP service: " + notHttp.getMessage());
        }
        request.method(
                method,
                body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        headers.forEach(request::header);
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request.build(), info -> new BoundedBody());
        String what = method + " " + path;
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException tooLate) {
            answer.cancel(true);
            throw new NoAnswer(what + " was not answered within " + timeout.toSeconds() + " seconds.");
        } catch (InterruptedException ended) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new NoAnswer(what + " was interrupted.");
        } catch (ExecutionException failed) {
            throw new NoAnswer(what + ": " + reason(failed.getCause()));
        }
    }

    private String reason(@Nullable Throwable problem) {
        if (problem instanceof ConnectException) {
            return "nobody listens at " + server + ".";
        }
        if (problem instanceof IOException) {
            return "the connection broke before the answer was there (" + problem.getMessage() + ").";
        }
        return String.valueOf(problem);
    }
}
