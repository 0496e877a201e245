package dev.stowage.emulator.http;

import dev.stowage.emulator.http.exchange.Afterwards;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connector whose connections let work run on the thread that reads from them ({@link
 * dev.stowage.emulator.http.exchange.HttpExchange#readingThread}).
 */
final class SelectorConnector extends ServerConnector {

    SelectorConnector(Server server, int selectors, HttpConnectionFactory connections) {
        super(server, 1, selectors, connections);
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        SelectedEndPoint endPoint = new SelectedEndPoint(channel, selector, key, getScheduler());
        endPoint.setIdleTimeout(getIdleTimeout());
        return endPoint;
    }

    private static final class SelectedEndPoint extends SocketChannelEndPoint implements Executor {

        private final Executor thread;

        SelectedEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
            super(channel, selector, key, scheduler);
            thread = Afterwards.allowedOn(task -> selector.submit(selected -> task.run()));
        }

        @Override
        public void execute(Runnable task) {
            thread.execute(task);
        }
    }
}
