package dev.stowage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.contract.backend.AppUnderTest;
import dev.stowage.contract.backend.InstallUnderTest;
import dev.stowage.contract.backend.StorageUnderTest;
import dev.stowage.contract.call.Response;
import java.io.IOException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** The door in code: what fails, what is skipped, and what they say. */
class StorageContractTest {

    /** A storage that answers everything with {}, has one install and can do nothing else. */
    private static final class AnswersNothingElse extends StorageContract {

        @Override
        protected StorageUnderTest storageUnderTest() {
            return new StorageUnderTest() {
                @Override
                public String name() {
                    return "a storage that answers {}";
                }

                @Override
                public AppUnderTest openApp() {
                    return () -> (InstallUnderTest) () -> call -> Response.of(java.util.Map.of());
                }
            };
        }

        @Override
        protected int tries() {
            return 1;
        }
    }

    private static DynamicTest test(String name) throws IOException {
        return new AnswersNothingElse()
                .contract()
                .flatMap(chapter -> ((DynamicContainer) chapter).getChildren())
                .map(DynamicTest.class::cast)
                .filter(test -> test.getDisplayName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsBrokenFailsWithTheCallsThatShowIt() throws IOException {
        DynamicTest test = test("PUT-1 putReplaces");
        AssertionError failure = Assertions.assertThrows(
                AssertionError.class, () -> test.getExecutable().execute());
        assertThat(failure).hasMessageContaining("PUT-1 is broken: ").hasMessageContaining(".put(\"ct-");
    }

    @Test
    void whatCantBeCheckedIsSkippedBecause() throws IOException {
        DynamicTest test = test("INST-6 unknownKeys");
        TestAbortedException skipped = Assertions.assertThrows(
                TestAbortedException.class, () -> test.getExecutable().execute());
        assertThat(skipped).hasMessageContaining("skipped, because");
    }
}
