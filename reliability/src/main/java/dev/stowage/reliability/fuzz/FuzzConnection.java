package dev.stowage.reliability.fuzz;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One connection of HTTP/1.1 that sends any bytes, and gives up after a deadline. */
final class FuzzConnection implements AutoCloseable {

    private static final int DEADLINE_MILLIS = 10_000;
    private static final int LONGEST_LINE = 64 * 1024;
    private static final int CONTINUE = 100;

    private final Socket socket;
    private final InputStream in;
    private boolean used;

    FuzzConnection(URI server) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(DEADLINE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * @throws java.net.SocketTimeoutException if no response comes before the deadline
     * @throws IOException if the server ends the connection without a response
     */
    FuzzResponse send(FuzzRequest request) throws IOException {
        socket.getOutputStream().write(request.bytes());
        return read(request);
    }

    private FuzzResponse read(FuzzRequest request) throws IOException {
        String[] statusLine = line().split(" ", 3);
        if (statusLine.length < 2 || !statusLine[1].matches("\\d{3}")) {
            throw new IOException("no status line: " + String.join(" ", statusLine));
        }
        int status = Integer.parseInt(statusLine[1]);
        Map<String, String> headers = headers();
        if (status == CONTINUE) {
            // An interim response, for a request with "Expect: 100-continue"; the final one follows.
            return read(request);
        }
        used = true;
        return new FuzzResponse(
                status,
                headers,
                hasBody(request.method(), status) ? body(headers) : new byte[0],
                headers.getOrDefault("connection", "").equalsIgnoreCase("close") || !request.framed());
    }

    /** Sends the request and does not wait for a response. */
    void sendOnly(FuzzRequest request) {
        try {
            socket.getOutputStream().write(request.bytes());
        } catch (IOException ended) {
            return;
        }
    }

    /** True if a response came before. */
    boolean isUsed() {
        return used;
    }

    private static boolean hasBody(String method, int status) {
        return !method.equals("HEAD") && status != 204 && status != 304;
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
        return headers;
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            return chunks();
        }
        String length = headers.get("content-length");
        return length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.writeBytes(in.readNBytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().trim(), 16);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server ended the connection");
            }
            if (line.size() > LONGEST_LINE) {
                throw new IOException("a line of more than " + LONGEST_LINE + " bytes");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException alreadyClosed) {
            return;
        }
    }
}
