package dev.stowage.emulator.http;

import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * A connection that is processed by one thread at a time. Jetty answers a malformed request on a second thread, which then starts a
 * third one for the next request, while the first still uses the connection's buffer. Two of them could release the buffer, and two
 * connections shared it after that: a client got no response, and could have got bytes of another's.
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
