package dev.stowage.contract.property;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Response;
import dev.stowage.contract.call.SuiteValues;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An answer, and what a property says that it must be. What isn't so breaks the trial's clause, or the one that was named. */
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

    /** The same answer, judged by another clause. */
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

    /** It was carried out. */
    public ResponseAssert succeeds() {
        if (response.isRefused()) {
            throw violation("it was carried out");
        }
        return this;
    }

    /** It was carried out and answered just this. */
    public ResponseAssert hasResult(@Nullable Object right) {
        if (response.isRefused() || !response.hasResult() || !SuiteValues.areEqual(response.result(), right)) {
            throw violation("the answer " + SuiteValues.abbreviated(right));
        }
        return this;
    }

    /** It was carried out and answered nothing, which is not null. */
    public ResponseAssert hasNoResult() {
        if (response.isRefused() || response.hasResult()) {
            throw violation("no result at all");
        }
        return this;
    }

    /** It answered a hash that has at least these fields with these values. */
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

    /** It was refused with this code, and the status that the wire protocol gives it. */
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

    /** The remaining ttl is between these, in seconds. */
    public ResponseAssert hasTtlBetween(long least, long most) {
        if (response.isRefused()
                || response.ttl().isEmpty()
                || response.ttl().getAsLong() < least
                || response.ttl().getAsLong() > most) {
            throw violation("a remaining ttl of " + (least == most ? "" : least + " to ") + most + " seconds");
        }
        return this;
    }

    /** It does not expire. */
    public ResponseAssert hasNoTtl() {
        if (response.isRefused() || response.ttl().isPresent()) {
            throw violation("no ttl");
        }
        return this;
    }

    public ClauseViolation violation(String due) {
        return trial.violation(
                clause,
                step.principal().label() + " asked for " + step.call() + " and it " + response + "; due was " + due
                        + ".",
                this);
    }

    @Override
    public String toString() {
        return step.toString();
    }
}
