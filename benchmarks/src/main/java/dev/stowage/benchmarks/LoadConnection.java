package dev.stowage.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/**
 * A keep-alive connection that sends bytes and reads one response. It does as little as possible, because client and server
 * share the machine's cores.
 */
final class LoadConnection implements AutoCloseable {

    private static final byte[] LENGTH = "content-length: ".getBytes();

    private final Socket socket;
    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private int filled;

    LoadConnection(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
        in = socket.getInputStream();
    }

    /** Sends a request and reads the whole response. Returns whether its status is 2xx. */
    boolean roundTrip(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        filled = 0;
        int headEnd;
        do {
            fill();
            headEnd = headEnd();
        } while (headEnd < 0);
        int total = headEnd + contentLength(headEnd);
        while (filled < total) {
            fill();
        }
        return buffer[9] == '2';
    }

    private void fill() throws IOException {
        int n = in.read(buffer, filled, buffer.length - filled);
        if (n < 0) {
            throw new IOException("the server closed the connection");
        }
        filled += n;
    }

    private int headEnd() {
        for (int i = 3; i < filled; i++) {
            if (buffer[i] == '\n' && buffer[i - 2] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private int contentLength(int headEnd) {
        for (int i = 0; i < headEnd - LENGTH.length; i++) {
            int n = 0;
            while (n < LENGTH.length && (buffer[i + n] | 0x20) == (LENGTH[n] | 0x20)) {
                n++;
            }
            if (n == LENGTH.length) {
                int length = 0;
                for (int d = i + n; buffer[d] >= '0' && buffer[d] <= '9'; d++) {
                    length = length * 10 + buffer[d] - '0';
                }
                return length;
            }
        }
        return 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
