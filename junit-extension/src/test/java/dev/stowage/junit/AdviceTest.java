package dev.stowage.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that are told of the best practices that their app breaks. */
class AdviceTest {

    static class Failing {

        @RegisterExtension
        static final StorageEmulator EMULATOR =
                StorageEmulator.builder().advice(AdviceMode.FAIL).build();

        @Test
        void lockWithoutTtl(KeyValueStore kv) {
            kv.put("lock", Hash.of("held", true));
        }

        @Test
        void lockWithTtl(KeyValueStore kv) {
            kv.put("lock", Hash.of("held", true), Duration.ofMinutes(5));
        }

        @Test
        void lockOfTheTest(Installs installs) {
            installs.current().storage().kvStore().put("lock", Hash.of("held", true));
        }
    }

    @Test
    void withFailATestFailsWithTheAdviceAndItsEvidence() {
        assertThat(EngineRun.of(Failing.class).failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .contains(
                                "The app breaks best practices of the storage:\n  no-ttl: 'lock' in kvStore: put without a ttl",
                                "kvStore.put lock",
                                "for this key only \"no-ttl:lock\""));
    }

    static class Reporting {

        @RegisterExtension
        static final StorageEmulator EMULATOR =
                StorageEmulator.builder().advice(AdviceMode.REPORT).build();

        @Test
        void lockWithoutTtl(KeyValueStore kv) {
            kv.put("lock", Hash.of("held", true));
        }
    }

    @Test
    void withReportATestPassesAndAnEntrySaysWhy() {
        EngineRun run = EngineRun.of(Reporting.class);
        assertThat(run.failures()).isEmpty();
        assertThat(run.reports())
                .singleElement()
                .satisfies(report -> assertThat(report.get("stowage.advice")).contains("no-ttl: 'lock' in kvStore"));
    }

    static class SwitchedOff {

        @RegisterExtension
        static final StorageEmulator EMULATOR =
                StorageEmulator.builder().advice(AdviceMode.FAIL, "no-ttl:lock").build();

        @Test
        void lockWithoutTtl(KeyValueStore kv) {
            kv.put("lock", Hash.of("held", true));
        }
    }

    @Test
    void aPracticeIsSwitchedOffForOneKey() {
        assertThat(EngineRun.of(SwitchedOff.class).failures()).isEmpty();
        assertThatThrownBy(() -> StorageEmulator.builder().advice(AdviceMode.FAIL, "no-such"))
                .hasMessageContaining("There is no practice 'no-such'");
    }

    @ExtendWith(StorageEmulator.class)
    @CheckAdvice(off = "no-ttl:session")
    static class Annotated {

        @Test
        void lockWithoutTtl(KeyValueStore kv) {
            kv.put("lock", Hash.of("held", true));
        }

        @Test
        void sessionWithoutTtl(KeyValueStore kv) {
            kv.put("session", Hash.of("user", "ann"));
        }

        @Test
        @CheckAdvice(AdviceMode.OFF)
        void lockThatIsNotLookedAt(KeyValueStore kv) {
            kv.put("lock", Hash.of("held", true));
        }

        @Nested
        class Inside {

            @Test
            void anotherLockWithoutTtl(KeyValueStore kv) {
                kv.put("lock", Hash.of("held", true));
            }
        }
    }

    static class Inherited extends Annotated {}

    @ParameterizedTest
    @ValueSource(classes = {Annotated.class, Inherited.class})
    void anAnnotationSaysItForATestOrAClass(Class<?> testClass) {
        assertThat(EngineRun.of(testClass).failures())
                .hasSize(2)
                .allMatch(failure -> failure.contains("no-ttl: 'lock' in kvStore"));
    }

    @ExtendWith(StorageEmulator.class)
    static class Misspelt {

        @Test
        @CheckAdvice(off = "no-such")
        void test(KeyValueStore kv) {}
    }

    @Test
    void aPracticeThatDoesNotExistFailsTheTest() {
        assertThat(EngineRun.of(Misspelt.class).failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure).contains("There is no practice 'no-such'"));
    }
}
