package dev.stowage.emulator.testing;

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
 * A transport to the app's current install in an account: after a reinstall it uses the new install, as the platform's storage
 * does.
 */
final class CurrentInstallTransport implements Transport {

    private record Opened(Install install, Transport transport) {}

    /** The last read of a thread. */
    private record Read(long installId, StoreName store, String key) {}

    private final Supplier<Install> current;
    private final Function<Install, Transport> open;

    @SuppressWarnings("ThreadLocalUsage") // each storage tracks its own reads
    private final ThreadLocal<@Nullable Read> lastRead = new ThreadLocal<>();

    private volatile @Nullable Opened opened;

    CurrentInstallTransport(Supplier<Install> current, Function<Install, Transport> open) {
        this.current = current;
        this.open = open;
    }

    @Override
    public Reply execute(StoreName store, Operation operation) {
        Opened target = open();
        long installId = target.install().installId();
        if (operation instanceof Operation.Get) {
            lastRead.set(new Read(installId, store, operation.key()));
        } else if (operation instanceof Operation.Put put) {
            refuseVersionOfOldInstall(put, store, installId);
        }
        return target.transport().execute(store, operation);
    }

    /** Versions of different installs are unrelated, so an updater that spans a reinstall must start again. */
    private void refuseVersionOfOldInstall(Operation.Put put, StoreName store, long installId) {
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
        Install install = current.get();
        Opened last = opened;
        if (last == null || last.install().installId() != install.installId()) {
            last = new Opened(install, open.apply(install));
            opened = last;
        }
        return last;
    }
}
