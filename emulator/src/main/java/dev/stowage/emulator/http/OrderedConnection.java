package dev.stowage.emulator.http;

import dev.stowage.emulator.http.exchange.Afterwards;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is processed by one thread at a time. Jetty lets two threads meet on it in two places:
 *
 * <ul>
 *   <li>It answers a malformed request on a second thread, which then starts a third one for the next request, while the first still
 *       uses the connection's buffer. Two of them could release the buffer, and two connections shared it after that: a client got no
 *       response, and could have got bytes of another's.
 *   <li>The thread that has sent a response releases the connection for the next request before it leaves. If the next request was
 *       refused meanwhile, that thread was handed the rest of the refusal, and completed a request that was complete: the one after
 *       that got an error, or no response.
 * </ul>
 */
final class OrderedConnection extends HttpConnection {

    private OrderedConnection(HttpConfiguration configuration, Connector connector, EndPoint endPoint) {
        super(configuration, connector, endPoint);
    }

    /** A thread waits here only while another one that is done with its request leaves. */
    @Override
    public synchronized void onFillable() {
        super.onFillable();
    }

    /** Runs the connection, to read the next request, on the thread that has sent a response, if that is meant to. */
    @Override
    protected Executor getExecutor() {
        return task -> {
            if (task != this || !isRequestBufferEmpty() || !Afterwards.putOff(task)) {
                super.getExecutor().execute(task);
            }
        };
    }

    @Override
    protected HttpStreamOverHTTP1 newHttpStream(String method, String uri, HttpVersion version) {
        return new OrderedStream(method, uri, version);
    }

    /** A request and its response. What follows on the sending of the response has the connection for itself. */
    private final class OrderedStream extends HttpStreamOverHTTP1 {

        OrderedStream(String method, String uri, HttpVersion version) {
            super(method, uri, version);
        }

        @Override
        public void send(
                MetaData.Request request,
                MetaData.@Nullable Response response,
                boolean last,
                @Nullable ByteBuffer content,
                Callback callback) {
            super.send(request, response, last, content, new OrderedCallback(callback));
        }
    }

    private final class OrderedCallback extends Callback.Nested {

        OrderedCallback(Callback callback) {
            super(callback);
        }

        @Override
        public void succeeded() {
            synchronized (OrderedConnection.this) {
                super.succeeded();
            }
        }

        @Override
        public void failed(Throwable problem) {
            synchronized (OrderedConnection.this) {
                super.failed(problem);
            }
        }
    }

    /** Creates the connections of a server. */
    static final class Factory extends HttpConnectionFactory {

        Factory(HttpConfiguration configuration) {
            super(configuration);
        }

        @Override
        public Connection newConnection(Connector connector, EndPoint endPoint) {
            return configure(new OrderedConnection(getHttpConfiguration(), connector, endPoint), connector, endPoint);
        }
    }
}
