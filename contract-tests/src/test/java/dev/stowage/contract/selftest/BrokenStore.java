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

    interface RecordFlaw {
        RecordState of(Call call, RecordState before, RecordState right);
    }

    interface ResponseFlaw {
        Response of(Call call, RecordState before, Response right);
    }

    interface CheckFlaw {
        Response of(Call call, Response right);
    }

    interface ExpiryFlaw {
        long of(Call call, long before, long right, long now);
    }

    static BrokenStore replacingCall(String clause, String does, UnaryOperator<Call> asked) {
        return new BrokenStore(clause, does, new Flaw() {
            @Override
            Call replaceCall(Call call) {
                return asked.apply(call);
            }
        });
    }

    static BrokenStore writing(String clause, String does, RecordFlaw after) {
        return new BrokenStore(clause, does, new Flaw() {
            @Override
            RecordState after(Call call, RecordState before, RecordState right) {
                return after.of(call, before, right);
            }
        });
    }

    static BrokenStore replacingResponse(String clause, String does, ResponseFlaw replacingResponse) {
        return new BrokenStore(clause, does, new Flaw() {
            @Override
            Response replaceResponse(Call call, RecordState before, Response right) {
                return replacingResponse.of(call, before, right);
            }
        });
    }

    static BrokenStore checking(String clause, String does, CheckFlaw checking) {
        return new BrokenStore(clause, does, new Flaw() {
            @Override
            Response check(Call call, Response right) {
                return checking.of(call, right);
            }
        });
    }

    static BrokenStore expiring(String clause, String does, ExpiryFlaw expiresAt) {
        return new BrokenStore(clause, does, new Flaw() {
            @Override
            long expiresAt(Call call, long before, long right, long now) {
                return expiresAt.of(call, before, right, now);
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
