package dev.stowage.emulator.http.exchange;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Writes refusals as {@code application/problem+json} (RFC 9457). All error responses are written here. */
public final class ProblemDocuments {

    public static final String MEDIA_TYPE = "application/problem+json";

    private static final System.Logger LOG = System.getLogger("dev.stowage.emulator");
    private static final int LONGEST_CHAIN = 20;
    private static final JsonMapper JSON = new JsonMapper();

    private ProblemDocuments() {}

    public static int statusOf(ErrorCode code) {
        return switch (code) {
            case INVALID_REQUEST, INVALID_KEY, INVALID_VALUE -> 400;
            case UNAUTHENTICATED, INSTALL_REVOKED -> 401;
            case NO_INSTALL_CONTEXT -> 403;
            case NOT_FOUND -> 404;
            case WRONG_TYPE, VERSION_CONFLICT -> 409;
            case RECORD_TOO_LARGE -> 413;
            case THROTTLED -> 429;
            case INTERNAL -> 500;
            case UNAVAILABLE -> 503;
        };
    }

    public static Map<String, Object> members(StorageException refusal) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "urn:stowage:problem:" + refusal.code().wireName());
        problem.put("title", titleOf(refusal.code()));
        problem.put("status", statusOf(refusal.code()));
        problem.put("detail", refusal.getMessage());
        problem.put("code", refusal.code().wireName());
        problem.putAll(new TreeMap<>(refusal.details()));
        return problem;
    }

    /** The headers of a refusal, beside its media type. */
    public static Map<String, String> headers(ErrorCode code) {
        return switch (code) {
            case UNAUTHENTICATED, INSTALL_REVOKED -> Map.of("WWW-Authenticate", "Bearer");
            case THROTTLED, UNAVAILABLE -> Map.of("Retry-After", "1");
            default -> Map.of();
        };
    }

    private static String titleOf(ErrorCode code) {
        String words = code.wireName().replace('_', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    public static void write(Context ctx, StorageException refusal) throws IOException {
        write(ctx, refusal, MEDIA_TYPE, members(refusal));
    }

    public static void write(Context ctx, StorageException refusal, String mediaType, Map<String, Object> members)
            throws IOException {
        HttpServletResponse response = ctx.res();
        response.setStatus(statusOf(refusal.code()));
        headers(refusal.code()).forEach(response::setHeader);
        ResponseWriter.write(response, mediaType, JSON.writeValueAsBytes(members));
    }

    /** Returns the problem document as bytes, for errors of the HTTP server itself. */
    public static byte[] bytes(StorageException refusal) {
        try {
            return JSON.writeValueAsBytes(members(refusal));
        } catch (IOException impossible) {
            return refusal.code().wireName().getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Writes an error of Javalin itself, for example for an unknown route. */
    public static void write(Context ctx, HttpResponseException refusal) throws IOException {
        write(
                ctx,
                refusal.getStatus() == 404
                        ? noRoute(ctx)
                        : new StorageException(
                                ErrorCode.INVALID_REQUEST,
                                "The server cannot process this request: " + refusal.getMessage()));
    }

    private static StorageException noRoute(Context ctx) {
        return new StorageException(
                ErrorCode.NOT_FOUND,
                "There is no route " + ctx.method() + " " + ctx.path() + ". All routes are listed in /openapi.yaml."
                        + (ctx.path().startsWith("/v1/") ? " Send operations as POST /v1/{store}/{operation}." : ""));
    }

    /** Writes the response to a request that a bug has ended. */
    public static void writeBug(Context ctx, Exception bug) throws IOException {
        write(ctx, ofBug(ctx.method() + " " + ctx.path(), bug));
    }

    /** Writes an error of the JVM, such as too little memory for a very large response. */
    public static void writeError(HttpServletResponse response, Error error) throws IOException {
        if (response.isCommitted()) {
            throw new IOException("The response could not be completed.", error);
        }
        StorageException refusal = ofBug("a request", error);
        response.setStatus(statusOf(refusal.code()));
        ResponseWriter.write(response, MEDIA_TYPE, bytes(refusal));
    }

    private static boolean isOutOfMemory(Throwable bug) {
        // A cause may be its own.
        return Stream.iterate(bug, Objects::nonNull, Throwable::getCause)
                .limit(LONGEST_CHAIN)
                .anyMatch(OutOfMemoryError.class::isInstance);
    }

    /**
     * Returns the refusal after a bug of the emulator, or after an error of the JVM. It is logged with its stack trace; the response does
     * not contain the details. Too little memory is no bug.
     */
    static StorageException ofBug(String request, Throwable bug) {
        if (isOutOfMemory(bug)) {
            return new StorageException(
                    ErrorCode.UNAVAILABLE,
                    "The server has too little memory for this request. Reset apps, or start the server with a larger heap"
                            + " (java -Xmx...).");
        }
        LOG.log(System.Logger.Level.ERROR, () -> "A bug in the emulator: " + request + " failed", bug);
        return new StorageException(
                ErrorCode.INTERNAL, "The emulator failed because of a bug in it. The details are in its log.");
    }
}
