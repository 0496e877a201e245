package dev.stowage.contract.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Response;
import dev.stowage.contract.model.RecordState;
import dev.stowage.contract.run.Finding;
import dev.stowage.contract.run.SuiteResult;
import dev.stowage.contract.run.Verdict;
import dev.stowage.storage.StoreName;
import org.junit.jupiter.api.Test;

/** Correct services that differ from the emulator must not break a binding clause. */
class FairnessTest {

    /** The wire protocol does not say how an unknown context is refused: a service may have no such route. */
    private static final Flaw UNKNOWN_CONTEXT_IS_NOT_FOUND = new Flaw() {
        @Override
        Response unknownContext() {
            return Response.refused("not_found", 404, "There is no such route.");
        }
    };

    @Test
    void unknownContextMayBeNotFound() {
        SuiteResult result = BrokenStoresAreFoundTest.run(UNKNOWN_CONTEXT_IS_NOT_FOUND, false, 1, 4, "PRIV-2"::equals);
        assertThat(result.broken()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.clauses().get(0).verdict()).isEqualTo(Verdict.ADVISORY);
        assertThat(result.clauses().get(0).findings())
                .extracting(Finding::message)
                .allMatch(message -> message.contains("expected invalid_request but was 404"));
    }

    /** A backend in the making, which has no route for an operation. */
    private static class WithoutOperation extends Flaw {

        private final String operations;
        private final int status;

        WithoutOperation(String operations, int status) {
            this.operations = operations;
            this.status = status;
        }

        @Override
        Response admit(MinimalService.Admission right, StoreName store, Call call) {
            return call != null && call.operation().matches(operations)
                    ? Response.refused("", status, "Cannot POST")
                    : super.admit(right, store, call);
        }
    }

    @Test
    void missingOperationIsReportedOnceAndBreaksNoClause() {
        for (int status : new int[] {404, 405, 501}) {
            SuiteResult result = BrokenStoresAreFoundTest.run(
                    new WithoutOperation("incrementMulti", status), true, 1, 6, clause -> true);
            assertThat(result.broken()).isEmpty();
            assertThat(result.notImplemented()).containsExactly("incrementMulti");
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(verdict(result, "INC-4")).isEqualTo(Verdict.NOT_CHECKABLE);
            assertThat(verdict(result, "INC-1")).isEqualTo(Verdict.HELD);
            assertThat(verdict(result, "TTL-2")).isEqualTo(Verdict.HELD);
            assertThat(verdict(result, "LIN-1")).isEqualTo(Verdict.HELD);
        }
    }

    @Test
    void missingOperationsDoNotHideABrokenClause() {
        Flaw flaw = new WithoutOperation("peek|patch", 404) {
            @Override
            Response replaceResponse(Call call, RecordState before, Response right) {
                return call.operation().equals("exists") ? Response.of(true) : right;
            }
        };
        SuiteResult result = BrokenStoresAreFoundTest.run(flaw, true, 1, 6, clause -> true);
        assertThat(result.broken()).contains("EXISTS-1").doesNotContain("LIST-5", "PATCH-1");
        assertThat(result.notImplemented()).containsExactly("patch", "peek");
    }

    @Test
    void operationThatTheSelectedClausesDoNotNeedIsNotReported() {
        SuiteResult result =
                BrokenStoresAreFoundTest.run(new WithoutOperation("incrementMulti", 404), true, 1, 2, "PUT-1"::equals);
        assertThat(result.notImplemented()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    private static Verdict verdict(SuiteResult result, String clause) {
        return result.clauses().stream()
                .filter(one -> one.clause().id().equals(clause))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    @Test
    void unknownContextMustBeInvalidInAStrictRun() {
        SuiteResult result = BrokenStoresAreFoundTest.run(UNKNOWN_CONTEXT_IS_NOT_FOUND, true, 1, 4, "PRIV-2"::equals);
        assertThat(result.broken()).containsExactly("PRIV-2");
    }
}
