package dev.stowage.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A keep-alive connection that sends bytes and reads one response. It does as little as possible, because client and server
 * share the machine's cores.
 */
final class LoadConnection implements AutoCloseable {

    private final SocketChannel channel;
    private final ResponseBytes response;

    LoadConnection(ServerProcess server) throws IOException {
        response = server.protocol().responses();
        channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", server.port()));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    SocketChannel channel() {
        return channel;
    }

    /** Sends a request and reads the whole response. Returns whether it is no error. */
    boolean roundTrip(byte[] request) throws IOException {
        send(request);
        while (!receive()) {
            // The channel blocks.
        }
        return response.isSuccess();
    }

    void send(byte[] request) throws IOException {
        response.clear();
        ByteBuffer bytes = ByteBuffer.wrap(request);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Reads what has arrived. Returns whether the response is complete. */
    boolean receive() throws IOException {
        if (channel.read(response.space()) < 0) {
            throw new IOException("the server closed the connection");
        }
        return response.isComplete();
    }

    boolean isSuccess() {
        return response.isSuccess();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
