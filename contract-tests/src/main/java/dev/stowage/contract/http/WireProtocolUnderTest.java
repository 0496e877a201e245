package dev.stowage.contract.http;

import dev.stowage.contract.backend.StorageUnderTest;
import dev.stowage.contract.call.Client;
import dev.stowage.contract.call.NotCheckableException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A backend that implements the wire protocol: its name, and a client for each key. */
public abstract class WireProtocolUnderTest implements StorageUnderTest {

    private final RawHttpClient http;
    private final boolean strict;
    private volatile @Nullable Restart restart;
    private volatile String restartCommand = "";

    /**
     * @param strict true if the clauses that this project decides (<b>E</b>) are binding
     * @param timeout how long a response may take
     */
    WireProtocolUnderTest(URI url, boolean strict, Duration timeout) {
        this.http = new RawHttpClient(url, timeout);
        this.strict = strict;
    }

    final RawHttpClient http() {
        return http;
    }

    /**
     * Declares that the state of the service lasts over a restart, and how to restart it.
     *
     * @param command a shell command that kills the service and starts it again on the same URL
     * @param patience how long the command, and then the first response, may take together
     */
    public final void restartBy(String command, Duration patience) {
        restart = new RestartCommand(command, patience)::run;
        restartCommand = command;
    }

    /**
     * Declares that the state of the service lasts over a restart, and how to restart it.
     *
     * @param killAndStart kills the service, starts it again on the same URL, and returns when it is ready
     */
    public final void restartBy(Runnable killAndStart) {
        restart = probe -> {
            killAndStart.run();
            probe.run();
        };
    }

    /** The command; empty if there is none. */
    final String restartCommand() {
        return restartCommand;
    }

    @Override
    public boolean isDurable() {
        return restart != null;
    }

    @Override
    public void restart() {
        Restart declared = restart;
        if (declared == null) {
            throw new NotCheckableException(NOT_DURABLE);
        }
        declared.run(this::probe);
        http.forgetConnections();
    }

    /** Restarts the service. */
    private interface Restart {

        /** @param probe fails if the service is not ready */
        void run(Runnable probe);
    }

    /**
     * A request that succeeds if the service is ready.
     *
     * @throws dev.stowage.contract.call.NoResponseException if there is no response
     * @throws NotCheckableException if it is refused
     */
    abstract void probe();

    @Override
    public String name() {
        return http.server().toString();
    }

    @Override
    public boolean isStrict() {
        return strict;
    }

    @Override
    public Client openWith(@Nullable String key) {
        return new WireClient(http, key == null ? null : "Bearer " + key);
    }
}
