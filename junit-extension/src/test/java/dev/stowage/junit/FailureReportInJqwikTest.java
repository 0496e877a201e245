package dev.stowage.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.stowage.storage.KeyValueStore;
import net.jqwik.api.Example;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

/** As {@link FailureReportTest}, for a failed property. jqwik supports JUnit 5 alone, so this class is not run on JUnit 6. */
class FailureReportInJqwikTest {

    @AddLifecycleHook(StoragePerTry.class)
    static class FailingInJqwik {

        @Example
        void fails(KeyValueStore kv) {
            kv.increment("visits", "n");
            throw new IllegalStateException("on purpose");
        }
    }

    @Test
    void aFailureInJqwikHasIt() {
        Throwable failure =
                EngineTestKit.engine("jqwik")
                        .selectors(selectClass(FailingInJqwik.class))
                        .execute()
                        .testEvents()
                        .failed()
                        .stream()
                        .findFirst()
                        .orElseThrow()
                        .getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow();
        assertThat(FailureReportTest.printed(failure)).contains("kvStore.increment visits  v0 → v1");
    }
}
