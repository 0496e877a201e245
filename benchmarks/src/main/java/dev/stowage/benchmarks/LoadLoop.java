package dev.stowage.benchmarks;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Keeps connections busy from one thread: each sends its next request when it has its response. With a thread for each connection,
 * the latencies would be those of the operating system's scheduler.
 */
final class LoadLoop implements AutoCloseable {

    /** A connection, and where it is in its requests. */
    private static final class Sender {

        private final LoadConnection connection;
        private final byte[][] requests;
        private int at;
        private long sent;

        Sender(LoadConnection connection, byte[][] requests) {
            this.connection = connection;
            this.requests = requests;
            this.at = ThreadLocalRandom.current().nextInt(requests.length);
        }

        void send(long now) throws IOException {
            sent = now;
            connection.send(requests[at++ % requests.length]);
        }
    }

    private final Selector selector = Selector.open();
    private final List<Sender> senders = new ArrayList<>();
    private final Latencies latencies = new Latencies();

    LoadLoop() throws IOException {}

    void add(ServerProcess server, byte[][] requests) throws IOException {
        LoadConnection connection = new LoadConnection(server);
        connection.channel().configureBlocking(false);
        Sender sender = new Sender(connection, requests);
        senders.add(sender);
        connection.channel().register(selector, SelectionKey.OP_READ, sender);
    }

    /** Returns how long each request took that had its response before the end, in nanoseconds. */
    long[] until(long end) throws IOException {
        for (Sender sender : senders) {
            sender.send(System.nanoTime());
        }
        while (System.nanoTime() < end) {
            selector.select(this::receive, 1_000);
        }
        return latencies.toArray();
    }

    private void receive(SelectionKey key) {
        Sender sender = (Sender) key.attachment();
        try {
            if (!sender.connection.receive()) {
                return;
            }
            if (!sender.connection.isSuccess()) {
                throw new IOException("a response that is an error");
            }
            long now = System.nanoTime();
            latencies.add(now - sender.sent);
            sender.send(now);
        } catch (IOException problem) {
            throw new IllegalStateException(problem);
        }
    }

    @Override
    public void close() throws IOException {
        for (Sender sender : senders) {
            sender.connection.close();
        }
        selector.close();
    }
}
