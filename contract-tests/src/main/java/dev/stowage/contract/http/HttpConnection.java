package dev.stowage.contract.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;

/**
 * One HTTP/1.1 connection. Written by hand because it must never repeat a request, must stop at its deadline whatever the server does, and must be able to hold a request's last byte, so that many requests arrive complete at the same moment.
 */
final class HttpConnection implements AutoCloseable {

    private static final int MOST_BYTES = 16 * 1024 * 1024;
    private static final int LONGEST_LINE = 64 * 1024;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final Socket socket;
    private final InputStream in;
    private long deadline;
    private long idleSince;
    private boolean reusable;

    private HttpConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(new Deadlined(), 8_192);
    }

    static HttpConnection open(URI server, Duration timeout) throws IOException {
        boolean tls = "https".equals(server.getScheme());
        int port = server.getPort() > 0 ? server.getPort() : tls ? 443 : 80;
        Socket socket = tls ? SSLSocketFactory.getDefault().createSocket() : new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(server.getHost(), port), (int) timeout.toMillis());
            return new HttpConnection(socket);
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    void send(byte[] request, int from, int to) throws IOException {
        socket.getOutputStream().write(request, from, to - from);
        socket.getOutputStream().flush();
    }

    /** True if it has been idle for less than this, and the last response was read completely. */
    boolean isFresh(Duration longestIdle) {
        return reusable && System.nanoTime() - idleSince < longestIdle.toNanos();
    }

    /** Reads one complete response. */
    RawHttpClient.HttpResponse read(long untilNanos) throws IOException {
        deadline = untilNanos;
        reusable = false;
        String statusLine = line();
        while (statusLine.startsWith("HTTP/1.1 1")) {
            headers();
            statusLine = line();
        }
        String[] parts = statusLine.split(" ", 3);
        if (parts.length < 2 || !parts[0].startsWith("HTTP/1.") || !parts[1].matches("\\d{3}")) {
            throw new IOException(
                    "the response is not HTTP: " + statusLine.substring(0, Math.min(60, statusLine.length())));
        }
        int status = Integer.parseInt(parts[1]);
        Map<String, String> headers = headers();
        byte[] body = body(status, headers);
        boolean closes = "close".equalsIgnoreCase(headers.get("connection"))
                || (parts[0].equals("HTTP/1.0") && !"keep-alive".equalsIgnoreCase(headers.get("connection")));
        reusable = !closes && (headers.containsKey("content-length") || isChunked(headers) || status == 204);
        idleSince = System.nanoTime();
        return new RawHttpClient.HttpResponse(status, headers.getOrDefault("content-type", "no content type"), body);
    }

    private static boolean isChunked(Map<String, String> headers) {
        return headers.getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .contains("chunked");
    }

    private byte[] body(int status, Map<String, String> headers) throws IOException {
        if (status == 204 || status == 304) {
            return new byte[0];
        }
        if (isChunked(headers)) {
            return chunks();
        }
        String length = headers.get("content-length");
        if (length == null) {
            return in.readNBytes(MOST_BYTES);
        }
        int bytes;
        try {
            bytes = Integer.parseInt(length.trim());
        } catch (NumberFormatException odd) {
            throw new IOException("the response's Content-Length is '" + length + "'");
        }
        if (bytes < 0 || bytes > MOST_BYTES) {
            throw new IOException("a response of " + bytes + " bytes");
        }
        byte[] body = in.readNBytes(bytes);
        if (body.length < bytes) {
            throw new EOFException("the response ended after " + body.length + " of " + bytes + " bytes");
        }
        return body;
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String size = line().split(";", 2)[0].trim();
            int bytes;
            try {
                bytes = Integer.parseInt(size, 16);
            } catch (NumberFormatException odd) {
                throw new IOException("a chunk with the size '" + size + "'");
            }
            if (bytes == 0) {
                headers();
                return body.toByteArray();
            }
            byte[] chunk = in.readNBytes(bytes);
            line();
            if (chunk.length < bytes || body.size() + bytes > MOST_BYTES) {
                throw new EOFException("the response ended in a chunk, or is too long");
            }
            body.write(chunk);
        }
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).trim());
            }
        }
        return headers;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (line.size() > LONGEST_LINE) {
                throw new IOException("a header line that is too long");
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException already) {
            reusable = false;
        }
    }

    /** The socket's bytes, until the deadline. A slow server does not extend it. */
    private final class Deadlined extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            long left = (deadline - System.nanoTime()) / NANOS_PER_MILLI;
            if (left <= 0) {
                throw new InterruptedIOException("the deadline has passed");
            }
            socket.setSoTimeout((int) Math.max(1, left));
            try {
                return socket.getInputStream().read(bytes, offset, length);
            } catch (SocketTimeoutException tooLate) {
                throw new InterruptedIOException("the deadline has passed");
            }
        }
    }
}
