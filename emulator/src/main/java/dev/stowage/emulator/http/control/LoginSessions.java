package dev.stowage.emulator.http.control;

import io.javalin.http.Context;
import jakarta.servlet.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Browsers whose user has entered the admin token. Each has a random cookie that scripts can't read and that other sites' requests
 * don't carry. Sessions end with the process; the oldest ends when there are too many.
 */
final class LoginSessions {

    private static final String COOKIE = "stowage-console-";
    private static final int MAX_SESSIONS = 100;
    private static final int COOKIE_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final Deque<String> sessions = new ArrayDeque<>();

    /** Begins a session, whose cookie the response sets. */
    synchronized void begin(Context ctx) {
        byte[] bytes = new byte[COOKIE_BYTES];
        random.nextBytes(bytes);
        String session = HexFormat.of().formatHex(bytes);
        if (sessions.size() == MAX_SESSIONS) {
            sessions.removeFirst();
        }
        sessions.add(session);
        ctx.res().addHeader("Set-Cookie", nameIn(ctx) + "=" + session + "; Path=/; HttpOnly; SameSite=Strict");
    }

    /** Whether the request belongs to a session. */
    synchronized boolean contain(Context ctx) {
        if (sessions.isEmpty()) {
            return false;
        }
        Cookie @Nullable [] cookies = ctx.req().getCookies();
        return cookies != null
                && Stream.of(cookies)
                        .filter(cookie -> cookie.getName().equals(nameIn(ctx)))
                        .anyMatch(cookie -> isKnown(cookie.getValue()));
    }

    /** A browser sends a cookie to every port of a host, so the name has the port. */
    private static String nameIn(Context ctx) {
        return COOKIE + ctx.req().getLocalPort();
    }

    private boolean isKnown(String given) {
        byte[] bytes = given.getBytes(StandardCharsets.UTF_8);
        return sessions.stream()
                .anyMatch(session -> MessageDigest.isEqual(session.getBytes(StandardCharsets.UTF_8), bytes));
    }
}
