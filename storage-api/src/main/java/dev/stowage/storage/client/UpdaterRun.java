package dev.stowage.storage.client;

import dev.stowage.storage.StoreName;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.operation.Transport;
import org.jspecify.annotations.Nullable;

/**
 * One run of an updater on the current thread. It notices whether the updater itself writes to the record that it updates:
 * every such write makes the patch lose its round.
 */
final class UpdaterRun implements AutoCloseable {

    /** Who wrote to the record during the run: nobody on this thread, the updater through another client, or this client. */
    enum Writer {
        NONE,
        OTHER_CLIENT,
        SAME_CLIENT
    }

    private static final ThreadLocal<@Nullable UpdaterRun> INNERMOST = new ThreadLocal<>();

    private final Transport transport;
    private final StoreName store;
    private final String key;
    private final @Nullable UpdaterRun outer;
    private Writer writer = Writer.NONE;

    private UpdaterRun(Transport transport, StoreName store, String key, @Nullable UpdaterRun outer) {
        this.transport = transport;
        this.store = store;
        this.key = key;
        this.outer = outer;
    }

    /** Starts a run; updaters can be nested. */
    static UpdaterRun start(Transport transport, StoreName store, String key) {
        UpdaterRun run = new UpdaterRun(transport, store, key, INNERMOST.get());
        INNERMOST.set(run);
        return run;
    }

    /** Tells the runs on this thread about an operation that was carried out. */
    static void notice(Transport transport, StoreName store, Operation operation) {
        if (operation.isRead()) {
            return;
        }
        for (UpdaterRun run = INNERMOST.get(); run != null; run = run.outer) {
            if (run.store == store && run.key.equals(operation.key()) && run.writer != Writer.SAME_CLIENT) {
                run.writer = run.transport.equals(transport) ? Writer.SAME_CLIENT : Writer.OTHER_CLIENT;
            }
        }
    }

    Writer writer() {
        return writer;
    }

    @Override
    public void close() {
        if (outer == null) {
            INNERMOST.remove();
        } else {
            INNERMOST.set(outer);
        }
    }
}
