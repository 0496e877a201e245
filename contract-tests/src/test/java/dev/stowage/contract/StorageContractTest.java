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

/** Tests {@link StorageContract}: which tests fail, which are skipped, and their messages. */
class StorageContractTest {

    /** A storage that returns {} from every call, has one install and supports nothing else. */
    private static final class ReturnsEmptyHashes extends StorageContract {

        @Override
        protected StorageUnderTest storageUnderTest() {
            return new StorageUnderTest() {
                @Override
                public String name() {
                    return "a storage that returns {}";
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
        return new ReturnsEmptyHashes()
                .contract()
                .flatMap(chapter -> ((DynamicContainer) chapter).getChildren())
                .map(DynamicTest.class::cast)
                .filter(test -> test.getDisplayName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void brokenPropertyFailsWithItsCounterexample() throws IOException {
        DynamicTest test = test("PUT-1 putReplaces");
        AssertionError failure = Assertions.assertThrows(
                AssertionError.class, () -> test.getExecutable().execute());
        assertThat(failure).hasMessageContaining("PUT-1 is broken: ").hasMessageContaining(".put(\"ct-");
    }

    @Test
    void uncheckablePropertyIsSkippedWithTheReason() throws IOException {
        DynamicTest test = test("INST-6 unknownKeys");
        TestAbortedException skipped = Assertions.assertThrows(
                TestAbortedException.class, () -> test.getExecutable().execute());
        assertThat(skipped).hasMessageContaining("skipped, because");
    }
}
