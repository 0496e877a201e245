package dev.stowage.contract.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.contract.call.Response;
import dev.stowage.contract.run.Finding;
import dev.stowage.contract.run.SuiteResult;
import dev.stowage.contract.run.Verdict;
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
        SuiteResult result =
                BrokenStoresAreFoundTest.run(UNKNOWN_CONTEXT_IS_NOT_FOUND, false, 1, 4, "PRIV-2"::equals);
        assertThat(result.broken()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.clauses().get(0).verdict()).isEqualTo(Verdict.ADVISORY);
        assertThat(result.clauses().get(0).findings())
                .extracting(Finding::message)
                .allMatch(message -> message.contains("expected invalid_request but was 404"));
    }

    @Test
    void unknownContextMustBeInvalidInAStrictRun() {
        SuiteResult result =
                BrokenStoresAreFoundTest.run(UNKNOWN_CONTEXT_IS_NOT_FOUND, true, 1, 4, "PRIV-2"::equals);
        assertThat(result.broken()).containsExactly("PRIV-2");
    }
}
