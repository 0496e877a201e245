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

/** Requests to one server, each with an end: what is not there in time is no answer. Nothing is sent twice but what was throttled. */
final class RawHttpClient {

    private static final int MOST_THROTTLED = 12;
    /** Asked again for a while; an answer with it says that it was so until the end. */
    static final int THROTTLED = 429;

    /** Servers close connections that were idle for some seconds, perhaps just when they are used again; this is sooner. */
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

    /** An answer as it came. */
    @SuppressWarnings("ArrayRecordComponent")
    record HttpResponse(int status, String contentType, byte[] body) {

        /** Its beginning, for a message. */
        String excerpt() {
            String text = new String(body, StandardCharsets.UTF_8).strip().replaceAll("\\s+", " ");
            return text.length() <= 80 ? text : text.substring(0, 80) + "…";
        }
    }

    /**
     * Sends it and waits.
     *
     * @throws NoResponseException if the connection breaks or the time is over
     */
    HttpResponse send(String method, String target, Map<String, String> headers, @Nullable String body) {
        byte[] request = bytes(method, target, headers, body);
        for (int attempt = 0; ; attempt++) {
            HttpResponse response = sendOnce(method + " " + target, request);
            if (response.status() != THROTTLED || attempt == MOST_THROTTLED) {
                return response;
            }
            // Nothing was done, so to ask again is safe.
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
                // All but the last byte now, and that one when everybody else is as far.
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

    private void keep(HttpConnection connection) {
        if (connection.isFresh(LONGEST_IDLE)) {
            idle.addFirst(connection);
        } else {
            connection.close();
        }
    }

    private String reason(IOException problem) {
        if (problem instanceof ConnectException || problem instanceof UnknownHostException) {
            return "could not be sent: nobody listens at " + server + ".";
        }
        if (problem instanceof InterruptedIOException) {
            return "was not answered within " + timeout.toSeconds() + " seconds.";
        }
        return "got no answer: the connection broke (" + problem.getMessage() + ").";
    }
}
