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
 * Decides who may call the control plane.
 *
 * <ul>
 *   <li>On a loopback address, every program on this machine may.
 *   <li>With an admin token, only a client that sends the token may. Other addresses require an admin token.
 *   <li>A web page of another origin may not. It is recognized by {@code Origin}; a page whose own name resolves to this address
 *       (DNS rebinding) is recognized by {@code Host}.
 * </ul>
 */
public final class ControlGuard {

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final String boundHost;
    private final Optional<String> adminToken;

    /** @throws StorageException {@code invalid_request} if the address is not a loopback address and there is no token */
    public ControlGuard(String boundHost, Optional<String> adminToken) {
        this.boundHost = boundHost;
        this.adminToken = adminToken.filter(token -> !token.isEmpty());
        if (this.adminToken.isEmpty() && !isLoopback(boundHost)) {
            throw new StorageException(
                    ErrorCode.INVALID_REQUEST,
                    "The address " + boundHost
                            + " can be reached from other machines, so it requires an admin token. Set an admin token,"
                            + " or listen on 127.0.0.1.");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            throw new StorageException(
                    ErrorCode.INVALID_REQUEST, "The address " + host + " is unknown on this machine.", unknown);
        }
    }

    /** Checks a request to the control plane: its origin, and the admin token if there is one. */
    public void check(Context ctx) {
        checkNotForeignPage(ctx);
        if (adminToken.isPresent() && !same(adminToken.get(), BearerToken.of(ctx))) {
            throw new StorageException(
                    ErrorCode.UNAUTHENTICATED,
                    "The control plane requires the admin token: send the header \"Authorization: Bearer <token>\".");
        }
    }

    /** Checks that a request to a route without an API key does not come from a web page of another origin. */
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
                "The request's " + header + " is "
                        + (found == null ? "missing" : "'" + found + "'")
                        + ". So that web pages cannot call the emulator, it accepts only requests whose Host and Origin"
                        + " are a loopback address or the address it listens on.");
    }

    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
