package dev.stowage.emulator.http.exchange;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * The slowest transfer of a body that the server waits for. A client that is slower is disconnected, so that it does not keep memory
 * or a turn for ever.
 *
 * @param grace the time in which nothing needs to arrive
 * @param bytesPerSecond the rate after that, as an average
 */
public record MinimumRate(Duration grace, long bytesPerSecond) {

    public static final MinimumRate DEFAULT = new MinimumRate(Duration.ofSeconds(60), 10_000);

    /** Returns how long the transfer of so many bytes may take. */
    Duration allowedFor(long bytes) {
        return grace.plusMillis(bytes * 1_000 / bytesPerSecond);
    }

    /** Sets the rate of all responses of the server. */
    public void applyTo(Server server) {
        server.setAttribute(MinimumRate.class.getName(), this);
    }

    /** Returns the rate of the responses of the request's server. */
    static MinimumRate of(Request request) {
        Object rate =
                request.getConnectionMetaData().getConnector().getServer().getAttribute(MinimumRate.class.getName());
        return rate instanceof MinimumRate set ? set : DEFAULT;
    }

    /** Watches a transfer until it is stopped, and disconnects the client if the transfer is too slow. Takes a task of the scheduler. */
    public Watch watch(Request request, long alreadyTransferred) {
        Watch watch = new Watch(request);
        watch.transferred(alreadyTransferred);
        watch.check();
        return watch;
    }

    /** A transfer on its way. */
    public final class Watch {

        private final Request request;
        private final Scheduler scheduler;
        private final long start = System.nanoTime();
        private final AtomicLong bytes = new AtomicLong();
        private boolean stopped;
        private Scheduler.Task next = () -> true;

        private Watch(Request request) {
            this.request = request;
            this.scheduler = request.getComponents().getScheduler();
        }

        /** Counts bytes that were transferred. */
        public void transferred(long count) {
            bytes.addAndGet(count);
        }

        /** Ends the watch: after this, it disconnects nobody. */
        public synchronized void stop() {
            stopped = true;
            next.cancel();
        }

        private synchronized void check() {
            if (stopped) {
                return;
            }
            long left = allowedFor(bytes.get()).toNanos() - (System.nanoTime() - start);
            if (left > 0) {
                next = scheduler.schedule(this::check, left, TimeUnit.NANOSECONDS);
            } else {
                stopped = true;
                request.getConnectionMetaData().getConnection().getEndPoint().close();
            }
        }
    }
}
