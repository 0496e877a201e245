package dev.stowage.contract.http;

import dev.stowage.contract.backend.ShellAccess;
import dev.stowage.contract.backend.StorageUnderTest;
import dev.stowage.contract.call.Client;
import dev.stowage.contract.call.NotCheckableException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
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
    private volatile @Nullable Disturbance disturbance;
    private volatile String disturbCommand = "";

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
        ShellCommand shell = new ShellCommand("--restart", command, patience);
        restart = probe -> shell.run(Map.of(), probe);
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

    /**
     * Declares that the service keeps the contract while parts of it are disturbed, and how to disturb one.
     *
     * @param command a shell command that kills, pauses or restarts a part and ends when the disturbance is over. It chooses by the
     *     environment variable {@code STOWAGE_DISTURBANCE}, a number from 0 to 9999 that depends on the seed
     * @param patience how long the command, and then the first response of all servers, may take together
     */
    public final void disturbBy(String command, Duration patience) {
        ShellCommand shell = new ShellCommand("--disturb", command, patience);
        disturbance = (number, probe) -> shell.run(Map.of(ShellAccess.DISTURBANCE, Integer.toString(number)), probe);
        disturbCommand = command;
    }

    /**
     * Declares that the service keeps the contract while parts of it are disturbed, and how to disturb one.
     *
     * @param disturb kills, pauses or restarts a part, chosen by a number from 0 to 9999, and returns when the disturbance is over and
     *     all servers respond
     */
    public final void disturbBy(IntConsumer disturb) {
        disturbance = (number, probe) -> {
            disturb.accept(number);
            probe.run();
        };
    }

    /** The command; empty if there is none. */
    final String disturbCommand() {
        return disturbCommand;
    }

    @Override
    public boolean canBeDisturbed() {
        return disturbance != null;
    }

    @Override
    public void disturb(int number) {
        Disturbance declared = disturbance;
        if (declared == null) {
            throw new NotCheckableException(NOT_DISTURBED);
        }
        declared.run(number, this::probe);
    }

    /** Disturbs the service. */
    private interface Disturbance {

        /** @param probe fails if a server is not ready */
        void run(int number, Runnable probe);
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
