package dev.stowage.junit.scope;

import dev.stowage.emulator.Install;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.operation.Reply;
import dev.stowage.storage.operation.Transport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Goes to the install that the app has in the account now: after a reinstall, to the new one, as the platform's own storage
 * does.
 */
final class CurrentInstallTransport implements Transport {

    private record Opened(Install install, Transport transport) {}

    /** What the thread read last. */
    private record Read(long installId, StoreName store, String key) {}

    private final Supplier<Install> current;
    private final Function<Install, Transport> open;

    @SuppressWarnings("ThreadLocalUsage") // one storage's reads say nothing about another's
    private final ThreadLocal<@Nullable Read> lastRead = new ThreadLocal<>();

    private volatile @Nullable Opened opened;

    CurrentInstallTransport(Supplier<Install> current, Function<Install, Transport> open) {
        this.current = current;
        this.open = open;
    }

    @Override
    public Reply execute(StoreName store, Operation operation) {
        Opened to = open();
        long installId = to.install().installId();
        if (operation instanceof Operation.Get) {
            lastRead.set(new Read(installId, store, operation.key()));
        } else if (operation instanceof Operation.Put put) {
            refuseIfReadElsewhere(put, store, installId);
        }
        return to.transport().execute(store, operation);
    }

    /** A version belongs to the install where it was read: an updater that spans a reinstall starts over. */
    private void refuseIfReadElsewhere(Operation.Put put, StoreName store, long installId) {
        Read read = lastRead.get();
        boolean isPartitioned = store != StoreName.SHARED_KV_STORE;
        if (isPartitioned
                && put.ifVersion().orElse(0) != 0
                && read != null
                && read.store() == store
                && read.key().equals(put.key())
                && read.installId() != installId) {
            throw new StorageException(
                    ErrorCode.VERSION_CONFLICT,
                    "The version of '" + put.key() + "' in " + store
                            + " was read before the app was reinstalled. Nothing was written: read it again. (LIN-2)");
        }
    }

    private Opened open() {
        Install now = current.get();
        Opened last = opened;
        if (last == null || last.install().installId() != now.installId()) {
            last = new Opened(now, open.apply(now));
            opened = last;
        }
        return last;
    }
}
