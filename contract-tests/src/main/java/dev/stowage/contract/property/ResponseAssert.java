package dev.stowage.contract.property;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Response;
import dev.stowage.contract.call.SuiteValues;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Assertions on a response. A failed assertion breaks the trial's clause, or the clause set by {@link #forClause}. */
public final class ResponseAssert {

    private static final Map<String, Integer> STATUSES = Map.ofEntries(
            Map.entry("invalid_request", 400),
            Map.entry("invalid_key", 400),
            Map.entry("invalid_value", 400),
            Map.entry("unauthenticated", 401),
            Map.entry("install_revoked", 401),
            Map.entry("no_install_context", 403),
            Map.entry("not_found", 404),
            Map.entry("wrong_type", 409),
            Map.entry("version_conflict", 409),
            Map.entry("record_too_large", 413));

    private final Trial trial;
    private final Step step;
    private final int number;
    private final Response response;
    private final String clause;

    /** @param number of the call, in its trial */
    ResponseAssert(Trial trial, Step step, int number, Response response, String clause) {
        this.trial = trial;
        this.step = step;
        this.number = number;
        this.response = response;
        this.clause = clause;
    }

    /** The same response; failed assertions break this clause instead. */
    public ResponseAssert forClause(String otherClause) {
        return new ResponseAssert(trial, step, number, response, otherClause);
    }

    public Response actual() {
        return response;
    }

    public @Nullable Object result() {
        return response.result();
    }

    public Call call() {
        return Objects.requireNonNull(step.call());
    }

    int number() {
        return number;
    }

    String key() {
        return call().key();
    }

    /** Asserts that the operation succeeded. */
    public ResponseAssert succeeds() {
        if (response.isRefused()) {
            throw violation("success");
        }
        return this;
    }

    /** Asserts that the operation succeeded and returned exactly this value. */
    public ResponseAssert hasResult(@Nullable Object right) {
        if (response.isRefused() || !response.hasResult() || !SuiteValues.areEqual(response.result(), right)) {
            throw violation(SuiteValues.abbreviated(right));
        }
        return this;
    }

    /** Asserts that the operation succeeded without a result, which is not the same as null. */
    public ResponseAssert hasNoResult() {
        if (response.isRefused() || response.hasResult()) {
            throw violation("no result");
        }
        return this;
    }

    /** Asserts that the result is a hash with at least these fields and values. */
    public ResponseAssert containsFields(Map<String, ? extends @Nullable Object> fields) {
        boolean holds = !response.isRefused()
                && response.result() instanceof Map<?, ?> map
                && fields.entrySet().stream()
                        .allMatch(field -> map.containsKey(field.getKey())
                                && SuiteValues.areEqual(map.get(field.getKey()), field.getValue()));
        if (!holds) {
            throw violation("at least " + SuiteValues.abbreviated(fields));
        }
        return this;
    }

    /** Asserts that the operation was refused with this code and with its status in the wire protocol. */
    public ResponseAssert isRefusedWith(String code) {
        if (!code.equals(response.code())) {
            throw violation("the refusal " + code);
        }
        Integer status = STATUSES.get(code);
        if (response.status() != 0 && status != null && response.status() != status) {
            throw violation("the refusal " + code + " with the status " + status);
        }
        return this;
    }

    /** Asserts that the remaining ttl is between these, in seconds, inclusive. */
    public ResponseAssert hasTtlBetween(long least, long most) {
        if (response.isRefused()
                || response.ttl().isEmpty()
                || response.ttl().getAsLong() < least
                || response.ttl().getAsLong() > most) {
            throw violation(
                    "a remaining ttl of " + (least == most ? "" : least + " to ") + most + " seconds",
                    ttlDescription());
        }
        return this;
    }

    /** Asserts that the record does not expire. */
    public ResponseAssert hasNoTtl() {
        if (response.isRefused() || response.ttl().isPresent()) {
            throw violation("no ttl");
        }
        return this;
    }

    /** @param expected what the response should have been, as in "expected … but was …" */
    public ClauseViolation violation(String expected) {
        return violation(
                expected,
                response.isRefused() || response.hasResult() ? response.description() : "success, without a result");
    }

    private ClauseViolation violation(String expected, String actual) {
        return trial.violation(
                clause,
                step.principal().label() + " called " + step.call() + ": expected " + expected + " but was " + actual
                        + ".",
                this);
    }

    private String ttlDescription() {
        return response.isRefused() || response.ttl().isPresent()
                ? response.description()
                : response.description() + " (no ttl)";
    }

    @Override
    public String toString() {
        return step.toString();
    }
}
