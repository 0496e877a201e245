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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may call the control plane.
 *
 * <ul>
 *   <li>On a loopback address, every program on this machine may.
 *   <li>With an admin token, only a client that sends the token, or a browser that has logged in, may, with any {@code Host}. Other addresses require an admin token.
 *   <li>A web page of another origin may not. It is recognized by {@code Origin} and {@code Sec-Fetch-Site}; a page whose own name
 *       resolves to this address (DNS rebinding) is recognized by {@code Host}.
 * </ul>
 */
public final class ControlGuard {

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    /** The values of {@code Sec-Fetch-Site} for a page of this server, and for a URL that the user has entered. */
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private static final int LONGEST_QUOTE = 200;

    private final String boundHost;
    private final Optional<String> adminToken;
    private final Set<String> allowedHosts;
    private final LoginSessions sessions = new LoginSessions();

    /**
     * @param allowedHosts names that {@code Host} may have in addition to loopback names and the address of the server
     * @throws StorageException {@code invalid_request} if the address is not a loopback address and there is no token
     */
    public ControlGuard(String boundHost, Optional<String> adminToken, Set<String> allowedHosts) {
        this.boundHost = boundHost;
        this.adminToken = adminToken.filter(token -> !token.isEmpty());
        this.allowedHosts = allowedHosts.stream().map(ControlGuard::nameOf).collect(Collectors.toUnmodifiableSet());
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

    /** Checks a request to the control plane: the admin token if there is one, and its origin. */
    public void check(Context ctx) {
        if (!mayControl(ctx)) {
            throw new StorageException(
                    ErrorCode.UNAUTHENTICATED,
                    "The control plane requires the admin token: send the header \"Authorization: Bearer <token>\".");
        }
        checkNotForeignPage(ctx);
    }

    /** Whether no admin token is required, the request has it, or its browser has logged in. */
    public boolean mayControl(Context ctx) {
        return adminToken.isEmpty() || isAuthorized(ctx);
    }

    private boolean isAuthorized(Context ctx) {
        return hasAdminToken(ctx) || sessions.contain(ctx);
    }

    /**
     * Logs a browser in: the response sets a cookie that is as good as the admin token.
     *
     * @return false if this is not the admin token
     */
    public boolean logIn(Context ctx, String token) {
        if (adminToken.isEmpty() || !same(adminToken.get(), token)) {
            return false;
        }
        sessions.begin(ctx);
        return true;
    }

    /**
     * Checks that a request to the console does not come from a web page of another origin. With an admin token it may have any {@code
     * Host}: without the cookie it is shown the login page only.
     */
    public void checkPage(Context ctx) {
        if (adminToken.isPresent()) {
            checkOrigin(ctx, ctx.req().getHeader("Host"));
        } else {
            checkNotForeignPage(ctx);
        }
    }

    /** Checks that a request to a route without an API key does not come from a web page of another origin. */
    public void checkNotForeignPage(Context ctx) {
        @Nullable String host = ctx.req().getHeader("Host");
        // A page whose name resolves to this address does not know the token, and has no cookie of this name.
        if (!isAuthorized(ctx)
                && (host == null || !isOwn(nameOf(host), ctx.req().getLocalAddr()))) {
            throw foreign("Host", host);
        }
        checkOrigin(ctx, host);
    }

    private boolean hasAdminToken(Context ctx) {
        return adminToken.isPresent() && same(adminToken.get(), BearerToken.of(ctx));
    }

    private static void checkOrigin(Context ctx, @Nullable String host) {
        for (String origin : Collections.list(ctx.req().getHeaders("Origin"))) {
            if (!origin.equalsIgnoreCase("http://" + host)) {
                throw foreign("Origin", origin);
            }
        }
        for (String site : Collections.list(ctx.req().getHeaders("Sec-Fetch-Site"))) {
            if (!OWN_SITES.contains(site)) {
                throw foreign("Sec-Fetch-Site", site);
            }
        }
    }

    private boolean isOwn(String name, String localAddress) {
        return name.equals(boundHost.toLowerCase(Locale.ROOT))
                || LOOPBACK_NAMES.contains(name)
                || allowedHosts.contains(name)
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
                "The request's " + header + " is " + (found == null ? "missing" : "'" + shortened(found) + "'")
                        + ". The emulator refuses it, because a web page could have sent it. Accepted as Host: a loopback"
                        + " address, the address that the emulator listens on, and names given with --allowed-host."
                        + " A request with the admin token may have any Host. Accepted as Origin: the emulator's own.");
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }

    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
