package dev.stowage.contract.selftest;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Response;
import dev.stowage.contract.model.RecordState;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A service with one flaw.
 *
 * @param clause the clause that must be found broken
 * @param does what the flaw is; it completes "a store that …"
 */
record BrokenStore(String clause, String does, Flaw flaw) {

    interface After {
        RecordState of(Call call, RecordState before, RecordState right);
    }

    interface Answering {
        Response of(Call call, RecordState before, Response right);
    }

    interface Checking {
        Response of(Call call, Response right);
    }

    interface Due {
        long of(Call call, long before, long right, long now);
    }

    static BrokenStore asking(String clause, String does, UnaryOperator<Call> asked) {
        return new BrokenStore(clause, does, new Flaw() {
            @Override
            Call asked(Call call) {
                return asked.apply(call);
            }
        });
    }

    static BrokenStore writing(String clause, String does, After after) {
        return new BrokenStore(clause, does, new Flaw() {
            @Override
            RecordState after(Call call, RecordState before, RecordState right) {
                return after.of(call, before, right);
            }
        });
    }

    static BrokenStore answering(String clause, String does, Answering answering) {
        return new BrokenStore(clause, does, new Flaw() {
            @Override
            Response answer(Call call, RecordState before, Response right) {
                return answering.of(call, before, right);
            }
        });
    }

    static BrokenStore checking(String clause, String does, Checking checking) {
        return new BrokenStore(clause, does, new Flaw() {
            @Override
            Response check(Call call, Response right) {
                return checking.of(call, right);
            }
        });
    }

    static BrokenStore expiring(String clause, String does, Due due) {
        return new BrokenStore(clause, does, new Flaw() {
            @Override
            long due(Call call, long before, long right, long now) {
                return due.of(call, before, right, now);
            }
        });
    }

    static BrokenStore racing(String clause, String does, Predicate<Call> gap) {
        return new BrokenStore(clause, does, new Flaw() {
            @Override
            boolean hasAGap(Call call) {
                return gap.test(call);
            }
        });
    }

    /** A store that writes a part of an operation that it then refuses. */
    static BrokenStore refusingLate(
            String clause, String does, String operations, UnaryOperator<Map<String, Object>> part) {
        return new BrokenStore(clause, does, new Flaw() {
            @Override
            RecordState afterRefusal(Call call, RecordState before) {
                return call.operation().matches(operations) && !before.isMissing()
                        ? RecordState.of(part.apply(MinimalService.copy(before)))
                        : before;
            }
        });
    }

    @Override
    public String toString() {
        return clause + ": a store that " + does;
    }
}
