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
    private volatile @Nullable RestartCommand restart;

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
        restart = new RestartCommand(command, patience);
    }

    /** The command; empty if there is none. */
    final String restartCommand() {
        return restart == null ? "" : restart.command();
    }

    @Override
    public boolean isDurable() {
        return restart != null;
    }

    @Override
    public void restart() {
        if (restart == null) {
            throw new NotCheckableException(NOT_DURABLE);
        }
        restart.run(this::probe);
        http.forgetConnections();
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
