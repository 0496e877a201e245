package dev.stowage.emulator.http.control;

import dev.stowage.emulator.http.exchange.BearerToken;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may drive the emulator: on a loopback address everybody on this machine but a web page, anywhere else who has the
 * admin token. A page of another origin gives itself away by {@code Origin}, or, having had its own name resolved to this
 * address, by {@code Host}.
 */
public final class ControlGuard {

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final String boundHost;
    private final Optional<String> adminToken;

    /** @throws StorageException if the address is not a loopback one and there is no token */
    public ControlGuard(String boundHost, Optional<String> adminToken) {
        this.boundHost = boundHost;
        this.adminToken = adminToken.filter(token -> !token.isEmpty());
        if (this.adminToken.isEmpty() && !isLoopback(boundHost)) {
            throw new StorageException(
                    ErrorCode.INVALID_REQUEST,
                    "The address " + boundHost
                            + " can be reached from other machines, so an admin token is needed: give"
                            + " one, or bind to 127.0.0.1.");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            throw new StorageException(ErrorCode.INVALID_REQUEST, "The address " + host + " is unknown here.", unknown);
        }
    }

    /** For the control plane: no web page, and whoever has the token where there is one. */
    public void check(Context ctx) {
        checkNotForeignPage(ctx);
        if (adminToken.isPresent() && !same(adminToken.get(), BearerToken.of(ctx))) {
            throw new StorageException(
                    ErrorCode.UNAUTHENTICATED,
                    "The control plane wants the admin token here, as \"Authorization: Bearer <token>\".");
        }
    }

    /** For all that needs no key: no web page of another origin. */
    public void checkNotForeignPage(Context ctx) {
        String host = ctx.req().getHeader("Host");
        if (host == null || !isOwn(nameOf(host), ctx.req().getLocalAddr())) {
            throw foreign("Host", host);
        }
        for (String origin : Collections.list(ctx.req().getHeaders("Origin"))) {
            if (!origin.equalsIgnoreCase("http://" + host)) {
                throw foreign("Origin", origin);
            }
        }
    }

    private boolean isOwn(String name, String localAddress) {
        return name.equals(boundHost.toLowerCase(Locale.ROOT))
                || LOOPBACK_NAMES.contains(name)
                || name.equals(localAddress)
                || name.equals("[" + localAddress + "]");
    }

    private static String nameOf(String host) {
        int end = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
        return (end <= 0 ? host : host.substring(0, end)).toLowerCase(Locale.ROOT);
    }

    private static StorageException foreign(String header, @Nullable String found) {
        return new StorageException(
                ErrorCode.INVALID_REQUEST,
                "The control plane answers requests to its own address alone, so that no web page can drive it; the"
                        + " request's " + header + " is " + (found == null ? "missing" : "another")
                        + ". Use the address that it listens on, or localhost.");
    }

    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
