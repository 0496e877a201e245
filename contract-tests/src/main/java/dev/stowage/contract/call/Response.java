package dev.stowage.contract.call;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The response to a call: a result, or a refusal.
 *
 * @param code the refusal's code; null where the operation was carried out
 * @param status the HTTP status; 0 where there is none
 * @param hasResult false if there is no result, which is not the same as null (LIST-3)
 * @param detail the human-readable message of a refusal
 */
public record Response(
        @Nullable String code,
        int status,
        boolean hasResult,
        @Nullable Object result,
        OptionalLong version,
        OptionalLong ttl,
        String detail) {

    public static Response of(@Nullable Object result) {
        return new Response(null, 0, true, result, OptionalLong.empty(), OptionalLong.empty(), "");
    }

    public static Response nothing() {
        return new Response(null, 0, false, null, OptionalLong.empty(), OptionalLong.empty(), "");
    }

    public static Response refused(String code, int status, String detail) {
        return new Response(code, status, false, null, OptionalLong.empty(), OptionalLong.empty(), detail);
    }

    public Response with(OptionalLong recordVersion, OptionalLong remainingTtl) {
        return new Response(code, status, hasResult, result, recordVersion, remainingTtl, detail);
    }

    public boolean isRefused() {
        return code != null;
    }

    /** True if the status may mean that the operation is not implemented: 404, 405 or 501. */
    public boolean mayBeNotImplemented() {
        return isRefused() && (status == 404 || status == 405 || status == 501);
    }

    /** The response after "expected … but was": {@code {"a":1}}, {@code no result} or {@code the refusal wrong_type (409)}. */
    public String description() {
        if (code != null) {
            return "the refusal " + (code.isEmpty() ? "without a code" : code)
                    + (status == 0 ? "" : " (" + status + ")");
        }
        return (hasResult ? SuiteValues.abbreviated(result) : "no result")
                + (ttl.isPresent() ? " (ttl " + ttl.getAsLong() + ")" : "");
    }

    /** {@code returned {"a":1}}, {@code returned no result} or {@code was refused: wrong_type (409)}. */
    @Override
    public String toString() {
        return code != null
                ? "was refused: " + (code.isEmpty() ? "no code" : code) + (status == 0 ? "" : " (" + status + ")")
                : "returned " + description();
    }
}
