package dev.stowage.contract.run;

import dev.stowage.contract.call.Answer;
import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Values;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An answer, and what a property says that it must be. What isn't so breaks the trial's clause, or the one that was named. */
public final class Heard {

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
    private final Answer answer;
    private final String clause;

    /** @param number of the call, in its trial */
    Heard(Trial trial, Step step, int number, Answer answer, String clause) {
        this.trial = trial;
        this.step = step;
        this.number = number;
        this.answer = answer;
        this.clause = clause;
    }

    /** The same answer, judged by another clause. */
    public Heard by(String otherClause) {
        return new Heard(trial, step, number, answer, otherClause);
    }

    public Answer answer() {
        return answer;
    }

    public @Nullable Object result() {
        return answer.result();
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
    public Heard ok() {
        if (answer.isRefused()) {
            throw broken("it was carried out");
        }
        return this;
    }

    /** It was carried out and answered just this. */
    public Heard is(@Nullable Object right) {
        if (answer.isRefused() || !answer.hasResult() || !Values.same(answer.result(), right)) {
            throw broken("the answer " + Values.brief(right));
        }
        return this;
    }

    /** It was carried out and answered nothing, which is not null. */
    public Heard isNothing() {
        if (answer.isRefused() || answer.hasResult()) {
            throw broken("no result at all");
        }
        return this;
    }

    /** It answered a hash that has at least these fields with these values. */
    public Heard hasAtLeast(Map<String, ? extends @Nullable Object> fields) {
        boolean holds = !answer.isRefused()
                && answer.result() instanceof Map<?, ?> map
                && fields.entrySet().stream()
                        .allMatch(field -> map.containsKey(field.getKey())
                                && Values.same(map.get(field.getKey()), field.getValue()));
        if (!holds) {
            throw broken("at least " + Values.brief(fields));
        }
        return this;
    }

    /** It was refused with this code, and the status that the wire protocol gives it. */
    public Heard isRefused(String code) {
        if (!code.equals(answer.code())) {
            throw broken("the refusal " + code);
        }
        Integer status = STATUSES.get(code);
        if (answer.status() != 0 && status != null && answer.status() != status) {
            throw broken("the refusal " + code + " with the status " + status);
        }
        return this;
    }

    /** The remaining ttl is between these, in seconds. */
    public Heard hasTtl(long least, long most) {
        if (answer.isRefused()
                || answer.ttl().isEmpty()
                || answer.ttl().getAsLong() < least
                || answer.ttl().getAsLong() > most) {
            throw broken("a remaining ttl of " + (least == most ? "" : least + " to ") + most + " seconds");
        }
        return this;
    }

    /** It does not expire. */
    public Heard hasNoTtl() {
        if (answer.isRefused() || answer.ttl().isPresent()) {
            throw broken("no ttl");
        }
        return this;
    }

    public Broken broken(String due) {
        return trial.broken(
                clause,
                step.who().label() + " asked for " + step.call() + " and it " + answer + "; due was " + due + ".",
                this);
    }

    @Override
    public String toString() {
        return step.toString();
    }
}
