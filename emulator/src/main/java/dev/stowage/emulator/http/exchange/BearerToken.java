package dev.stowage.emulator.http.exchange;

import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/** Reads the token of {@code Authorization: Bearer <token>}. */
public final class BearerToken {

    private static final String SCHEME = "Bearer ";

    private BearerToken() {}

    /** Returns the token of a request. */
    public static String of(Context ctx) {
        return in(ctx.req().getHeader("Authorization"));
    }

    /** Returns the token in the value of the header; empty if there is none, which is treated as a wrong key (INST-6). */
    public static String in(@Nullable String header) {
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? header.substring(SCHEME.length()).trim()
                : "";
    }
}
