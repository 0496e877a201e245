package dev.stowage.contract.http;

import dev.stowage.contract.backend.StorageUnderTest;
import dev.stowage.contract.call.Client;
import dev.stowage.contract.call.NotCheckableException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A backend that implements the wire protocol: its name, and a client for each key. If several servers are one backend, clients and
 * requests of the control plane are spread over them, so a history is made of calls to all of them.
 */
public abstract class WireProtocolUnderTest implements StorageUnderTest {

    private final List<RawHttpClient> servers;
    private final AtomicInteger turn = new AtomicInteger();
    private final boolean strict;
    private volatile @Nullable Restart restart;
    private volatile String restartCommand = "";

    /**
     * @param urls of the servers, at least one
     * @param strict true if the clauses that this project decides (<b>E</b>) are binding
     * @param timeout how long a response may take
     */
    WireProtocolUnderTest(List<URI> urls, boolean strict, Duration timeout) {
        this.servers = urls.stream().map(url -> new RawHttpClient(url, timeout)).toList();
        this.strict = strict;
    }

    /** All servers. */
    final List<RawHttpClient> servers() {
        return servers;
    }

    /** The server whose turn it is. */
    final RawHttpClient http() {
        return servers.size() == 1
                ? servers.get(0)
                : servers.get(Math.floorMod(turn.getAndIncrement(), servers.size()));
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
        declared.run(() -> {
            // The killed process had these.
            servers.forEach(RawHttpClient::forgetConnections);
            probe();
        });
    }

    /** Restarts the service. */
    private interface Restart {

        /** @param probe fails if the service is not ready */
        void run(Runnable probe);
    }

    /**
     * Requests that succeed if all servers are ready.
     *
     * @throws dev.stowage.contract.call.NoResponseException if there is no response
     * @throws NotCheckableException if it is refused
     */
    abstract void probe();

    @Override
    public String name() {
        return servers.stream().map(server -> server.server().toString()).collect(Collectors.joining(", "));
    }

    @Override
    public boolean isStrict() {
        return strict;
    }

    @Override
    public Client openWith(@Nullable String key) {
        return new WireClient(http(), key == null ? null : "Bearer " + key);
    }
}
