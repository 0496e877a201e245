package dev.stowage.contract.http;

import dev.stowage.contract.call.NoResponseException;
import dev.stowage.contract.call.StartBarrier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Sends requests to one server, each with a deadline. A request is repeated only if it was throttled. */
final class RawHttpClient {

    private static final int MOST_THROTTLED = 12;
    /** A request with this status is repeated for a while; a response that has it was throttled every time. */
    static final int THROTTLED = 429;

    /** Shorter than the idle timeout of servers, which may close a connection just when it is reused. */
    private static final Duration LONGEST_IDLE = Duration.ofMillis(900);

    private final ConcurrentLinkedDeque<HttpConnection> idle = new ConcurrentLinkedDeque<>();
    private final URI server;
    private final String path;
    private final Duration timeout;

    RawHttpClient(URI server, Duration timeout) {
        this.server = server;
        String given = server.getRawPath() == null ? "" : server.getRawPath();
        this.path = given.endsWith("/") ? given.substring(0, given.length() - 1) : given;
        this.timeout = timeout;
    }

    URI server() {
        return server;
    }

    /** A response as it was received. */
    @SuppressWarnings("ArrayRecordComponent")
    record HttpResponse(int status, String contentType, byte[] body) {

        /** The beginning of the body, for a message. */
        String excerpt() {
            String text = new String(body, StandardCharsets.UTF_8).strip().replaceAll("\\s+", " ");
            return text.length() <= 80 ? text : text.substring(0, 80) + "…";
        }
    }

    /**
     * Sends a request and waits for the response.
     *
     * @throws NoResponseException if the connection breaks or the timeout elapses
     */
    HttpResponse send(String method, String target, Map<String, String> headers, @Nullable String body) {
        byte[] request = bytes(method, target, headers, body);
        for (int attempt = 0; ; attempt++) {
            HttpResponse response = sendOnce(method + " " + target, request);
            if (response.status() != THROTTLED || attempt == MOST_THROTTLED) {
                return response;
            }
            // A throttled request had no effect, so it is safe to repeat it.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(Math.min(1_000, 50L << Math.min(attempt, 5))));
        }
    }

    private byte[] bytes(String method, String target, Map<String, String> headers, @Nullable String body) {
        byte[] content = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(
                method + " " + path + target + " HTTP/1.1\r\nHost: " + server.getRawAuthority() + "\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (body != null || !method.equals("GET")) {
            head.append("Content-Length: ").append(content.length).append("\r\n");
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream(head.length() + content.length + 2);
        request.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        request.writeBytes(content);
        return request.toByteArray();
    }

    private HttpResponse sendOnce(String what, byte[] request) {
        long until = System.nanoTime() + timeout.toNanos();
        HttpConnection connection = null;
        try {
            connection = connection();
            if (StartBarrier.isPending()) {
                // Sends all but the last byte now, and the last one when all others have done the same.
                connection.send(request, 0, request.length - 1);
                StartBarrier.awaitOthers();
                connection.send(request, request.length - 1, request.length);
            } else {
                connection.send(request, 0, request.length);
            }
            HttpResponse response = connection.read(until);
            keep(connection);
            return response;
        } catch (IOException failed) {
            if (connection != null) {
                connection.close();
            }
            throw new NoResponseException(what + " " + reason(failed));
        }
    }

    private HttpConnection connection() throws IOException {
        for (HttpConnection kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
            if (kept.isFresh(LONGEST_IDLE)) {
                return kept;
            }
            kept.close();
        }
        return HttpConnection.open(server, timeout);
    }

    /** Closes the connections that no request uses: a service that was restarted does not know them. */
    void forgetConnections() {
        for (HttpConnection kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
            kept.close();
        }
    }

    private void keep(HttpConnection connection) {
        if (connection.isFresh(LONGEST_IDLE)) {
            idle.addFirst(connection);
        } else {
            connection.close();
        }
    }

    private String reason(IOException problem) {
        if (problem instanceof ConnectException || problem instanceof UnknownHostException) {
            return "could not be sent: nothing listens at " + server + ".";
        }
        if (problem instanceof InterruptedIOException) {
            return "got no response within " + timeout.toSeconds() + " seconds.";
        }
        return "got no response: the connection broke (" + problem.getMessage() + ").";
    }
}
