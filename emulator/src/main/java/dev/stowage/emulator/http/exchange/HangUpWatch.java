package dev.stowage.emulator.http.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Notices that the client of a request has ended its connection while the request waits. Jetty itself does not read from the
 * connection before the response is complete.
 */
public final class HangUpWatch {

    private final EndPoint endPoint;
    private final Connection connection;
    private final Runnable onHangUp;
    private boolean stopped;

    private HangUpWatch(Connection connection, Runnable onHangUp) {
        this.connection = connection;
        this.endPoint = connection.getEndPoint();
        this.onHangUp = onHangUp;
    }

    /** Watches the request's connection until {@link #stop}. */
    public static HangUpWatch start(Request request, Runnable onHangUp) {
        return start(request.getConnectionMetaData().getConnection(), onHangUp);
    }

    static HangUpWatch start(Connection connection, Runnable onHangUp) {
        HangUpWatch watch = new HangUpWatch(connection, onHangUp);
        watch.await();
        return watch;
    }

    private void await() {
        endPoint.tryFillInterested(Callback.from(this::readable, failure -> {}));
    }

    private void readable() {
        synchronized (this) {
            if (stopped) {
                return;
            }
            ByteBuffer next = BufferUtil.allocate(1);
            int filled = filled(next);
            if (filled == 0) {
                // Woken for nothing, for example by the bytes of this request.
                await();
                return;
            }
            stopped = true;
            if (filled > 0) {
                // The client has sent its next request already: it is there, and its byte goes back.
                if (connection instanceof Connection.UpgradeTo http) {
                    http.onUpgradeTo(next);
                }
                return;
            }
        }
        onHangUp.run();
    }

    private int filled(ByteBuffer buffer) {
        try {
            return endPoint.fill(buffer);
        } catch (IOException broken) {
            return -1;
        }
    }

    /** Ends the watch. To be called before the response is written. */
    public void stop() {
        synchronized (this) {
            if (stopped) {
                return;
            }
            stopped = true;
        }
        if (endPoint instanceof AbstractEndPoint watched) {
            watched.getFillInterest().onFail(new CancellationException());
        }
    }
}
