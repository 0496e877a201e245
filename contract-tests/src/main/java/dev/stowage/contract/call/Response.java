package dev.stowage.contract.call;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What came back for a call: a result, or a refusal.
 *
 * @param code the refusal's code; null where the operation was carried out
 * @param status the HTTP status; 0 where there is none
 * @param hasResult false where the answer is <i>nothing</i>, which is not null (LIST-3)
 * @param detail what a refusal says to a person
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

    /** {@code answered {"a":1}}, or {@code was refused: wrong_type}. */
    @Override
    public String toString() {
        if (code != null) {
            return "was refused: " + (code.isEmpty() ? "no code" : code) + (status == 0 ? "" : " (" + status + ")");
        }
        return "answered " + (hasResult ? SuiteValues.abbreviated(result) : "nothing")
                + (ttl.isPresent() ? " (ttl " + ttl.getAsLong() + ")" : "");
    }
}
