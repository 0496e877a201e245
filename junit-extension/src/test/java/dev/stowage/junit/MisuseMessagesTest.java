package dev.stowage.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.Install;
import dev.stowage.emulator.time.EmulatorClock;
import dev.stowage.storage.BaseStore;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.Storage;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong uses fail with a message that says what to do. */
class MisuseMessagesTest {

    @ExtendWith(StorageEmulator.class)
    static class ATypeThatIsNotOffered {
        @Test
        void test(Emulator emulator) {}
    }

    @Test
    void aTypeThatIsNotOffered() {
        assertThat(EngineRun.of(ATypeThatIsNotOffered.class).failures())
                .singleElement()
                .asString()
                .contains(
                        "Cannot resolve the parameter Emulator emulator of test", "Storage, KeyValueStore", "Installs");
    }

    @ExtendWith(StorageEmulator.class)
    static class ABaseStoreWithoutAnAnnotation {
        @Test
        void test(BaseStore store) {}
    }

    @Test
    void aBaseStoreWithoutAnAnnotation() {
        assertThat(EngineRun.of(ABaseStoreWithoutAnAnnotation.class).failures())
                .singleElement()
                .asString()
                .contains("annotate the parameter with @Secrets or @Settings");
    }

    @ExtendWith(StorageEmulator.class)
    static class MisplacedAnnotations {
        @Test
        void secretsOnAKeyValueStore(@Secrets KeyValueStore kv) {}

        @Test
        void settingsOnStorage(@Settings Storage storage) {}

        @Test
        void sharedOnABaseStore(@Shared BaseStore store) {}

        @Test
        void sharedOnSecrets(@Shared @Secrets BaseStore store) {}

        @Test
        void bothBaseStores(@Secrets @Settings BaseStore store) {}

        @Test
        void secretsOnAClock(@Secrets EmulatorClock clock) {}

        @Test
        void sharedOnAnInstall(@Shared Install install) {}

        @Test
        void spiedOnAnInstall(@Spied Install install) {}

        @Test
        void settingsOnAUrl(@Settings EmulatorUrl url) {}

        @ParameterizedTest
        @ValueSource(strings = "a")
        void settingsOnAnArgument(@Settings String argument) {}

        @ParameterizedTest
        @ValueSource(strings = "a")
        void secretsOnAnArgument(@Secrets String argument) {}

        @ParameterizedTest
        @ValueSource(strings = "a")
        void sharedOnAnArgument(@Shared String argument) {}

        @FaultSweep
        void sharedOnAFault(@Shared SweptFault fault) {}

        @ParameterizedTest
        @ValueSource(strings = "a")
        void spiedOnAnArgument(@Spied String argument) {}
    }

    @Test
    void anAnnotationWithoutAnEffect() {
        EngineRun run = EngineRun.of(MisplacedAnnotations.class);
        assertThat(run.passed()).isZero();
        // One for each method: a sweep may fail in both of its first runs.
        assertThat(new HashSet<>(run.failures()))
                .hasSize(14)
                .allSatisfy(failure -> assertThat(failure).contains("Cannot resolve the parameter "))
                .anySatisfy(failure -> assertThat(failure)
                        .contains(
                                "KeyValueStore kv of secretsOnAKeyValueStore",
                                "@Secrets has an effect only on a parameter of type BaseStore"))
                .anySatisfy(failure -> assertThat(failure)
                        .contains("Storage storage", "@Settings has an effect only on a parameter of type BaseStore"))
                .anySatisfy(failure -> assertThat(failure)
                        .contains("BaseStore store", "@Shared has an effect only on a parameter of type KeyValueStore"))
                .anySatisfy(failure -> assertThat(failure).contains("it has both @Secrets and @Settings: keep one"))
                .anySatisfy(failure -> assertThat(failure)
                        .contains(
                                "@Spied has an effect only on a parameter of type Storage, KeyValueStore or BaseStore"))
                .anySatisfy(failure -> assertThat(failure).contains("String argument of settingsOnAnArgument"));
    }

    static class WatchedRequestsWithoutDetection {
        @RegisterExtension
        static final StorageEmulator EMULATOR =
                StorageEmulator.builder().inProcess().ignoreStaleValues().build();

        @WatchRequests
        static final Object VENDOR = new Object();

        @Test
        void test(KeyValueStore kv) {}
    }

    @Test
    void watchedRequestsWithoutTheDetectionOfStaleValues() {
        assertThat(EngineRun.of(WatchedRequestsWithoutDetection.class).failures())
                .singleElement()
                .asString()
                .contains("@WatchRequests on the field WatchedRequestsWithoutDetection.VENDOR", "ignoreStaleValues()");
    }

    @ExtendWith(StorageEmulator.class)
    static class MisplacedActors {
        @Actor(in = "noSuchTest")
        void ann() {}

        @InterleavingTest
        void test(Actors actors) {}
    }

    @ExtendWith(StorageEmulator.class)
    static class ActorsWithoutATest {
        @Actor
        void ann() {}

        @Test
        void test() {}
    }

    @ExtendWith(StorageEmulator.class)
    static class ActorsThatAreTests {
        @Actor
        @Test
        void ann() {}

        @InterleavingTest
        void test(Actors actors) {}
    }

    @ExtendWith(StorageEmulator.class)
    static class ActorsOfBothKinds {
        @Actor(in = "test")
        void ann(KeyValueStore kv) {
            kv.get("k");
        }

        @InterleavingTest
        void test(KeyValueStore kv, Actors actors) throws InterruptedException {
            actors.actor("bob", () -> kv.get("k"))
                    .actor("carla", () -> kv.get("k"))
                    .run();
        }
    }

    @Test
    void actorsThatNeverAct() {
        assertThat(EngineRun.of(MisplacedActors.class).classFailures())
                .singleElement()
                .asString()
                .contains("@Actor(in = \"noSuchTest\")", "MisplacedActors.ann", "@InterleavingTest");
        assertThat(EngineRun.of(ActorsWithoutATest.class).classFailures())
                .singleElement()
                .asString()
                .contains("ActorsWithoutATest.ann", "has no @InterleavingTest");
        assertThat(EngineRun.of(ActorsThatAreTests.class).classFailures())
                .singleElement()
                .asString()
                .contains("ActorsThatAreTests.ann", "is also a test");
        assertThat(EngineRun.of(ActorsOfBothKinds.class).failures())
                .singleElement()
                .asString()
                .contains("@Actor method ann", "Actors parameter");
    }

    @ExtendWith(StorageEmulator.class)
    static class TwoKindsOfTest {
        @Test
        @FaultSweep
        void sweepAndTest(KeyValueStore kv) {}

        @FaultSweep
        @InterleavingTest
        void sweepAndInterleaving(Actors actors) {}
    }

    @Test
    void aSweepThatIsAlsoAnotherTest() {
        EngineRun run = EngineRun.of(TwoKindsOfTest.class);
        assertThat(run.classFailures())
                .anySatisfy(failure -> assertThat(failure)
                        .contains("TwoKindsOfTest.sweepAndTest has both @FaultSweep and @Test: keep one"))
                .anySatisfy(
                        failure -> assertThat(failure)
                                .contains(
                                        "TwoKindsOfTest.sweepAndInterleaving has both @FaultSweep and @InterleavingTest: keep one"));
    }

    @ExtendWith(StorageEmulator.class)
    static class TwoExtensions {
        @RegisterExtension
        static final StorageEmulator EMULATOR =
                StorageEmulator.builder().inProcess().build();

        @Test
        void test(Storage storage) {}
    }

    @Test
    void twoExtensionsOnOneClass() {
        assertThat(EngineRun.of(TwoExtensions.class).classFailures())
                .singleElement()
                .asString()
                .contains("has two StorageEmulator extensions", "Keep one");
    }

    @ExtendWith(StorageEmulator.class)
    static class OneExtensionPerInstance {
        @RegisterExtension
        final StorageEmulator emulator = StorageEmulator.builder().inProcess().build();

        @Test
        void test() {}
    }

    @Test
    void anExtensionOnTheClassAndOneInTheInstance() {
        assertThat(EngineRun.of(OneExtensionPerInstance.class).failures())
                .singleElement()
                .asString()
                .contains("has two StorageEmulator extensions");
    }

    @ExtendWith(StorageEmulator.class)
    static class StorageBeforeAllTests {
        @BeforeAll
        static void beforeAll(Storage storage) {}

        @Test
        void test() {}
    }

    @ExtendWith(StorageEmulator.class)
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class StorageInTheConstructorForAllTests {
        StorageInTheConstructorForAllTests(Storage storage) {}

        @Test
        void test() {}
    }

    @Test
    void storageWhereThereIsNoTest() {
        for (Class<?> wrong : List.of(StorageBeforeAllTests.class, StorageInTheConstructorForAllTests.class)) {
            assertThat(EngineRun.of(wrong).classFailures())
                    .singleElement()
                    .asString()
                    .contains("A test's storage exists only while the test runs");
        }
    }

    static class UrlWithoutHttp {
        @RegisterExtension
        static final StorageEmulator EMULATOR =
                StorageEmulator.builder().inProcess().build();

        @Test
        void test(EmulatorUrl url) {}
    }

    @Test
    void theUrlOfAnEmulatorWithoutHttp() {
        assertThat(EngineRun.of(UrlWithoutHttp.class).failures())
                .singleElement()
                .asString()
                .contains("serves no HTTP, because it was built with inProcess()");
    }

    static class SweepWithoutStorage {
        @FaultSweep
        void sweep() {}

        @InterleavingTest
        void interleaving() {}
    }

    @Test
    void aSweepWithoutTheExtension() {
        assertThat(EngineRun.of(SweepWithoutStorage.class).failures())
                .hasSize(2)
                .allSatisfy(
                        failure -> assertThat(failure).contains("put @ExtendWith(StorageEmulator.class) on the class"));
    }

    @ExtendWith(StorageEmulator.class)
    static class ParametersOfOtherTests {
        @Test
        void sweptFault(SweptFault fault) {}

        @Test
        void actors(Actors actors) {}
    }

    @Test
    void parametersThatOnlyOtherTestsHave() {
        assertThat(EngineRun.of(ParametersOfOtherTests.class).failures())
                .anySatisfy(failure -> assertThat(failure).contains("only tests with @FaultSweep have a SweptFault"))
                .anySatisfy(failure -> assertThat(failure).contains("only tests with @InterleavingTest have Actors"));
    }

    @ExtendWith(StorageEmulator.class)
    static class WrongInterleavings {
        @InterleavingTest
        void noActors(Storage storage) {}

        @InterleavingTest
        void actorsThatNeverRun(Actors actors, Storage storage) {
            actors.actor("ann", () -> storage.kvStore().get("k"));
        }

        @InterleavingTest
        void oneActor(Actors actors) throws InterruptedException {
            actors.actor("ann", () -> {}).run();
        }

        @InterleavingTest(replay = "0000-ab")
        void theTokenOfAnotherTest(Actors actors) {}

        @InterleavingTest(replay = "hello")
        void noToken(Actors actors) {}

        @InterleavingTest
        void twoOfOneName(Actors actors) {
            actors.actor("ann", () -> {}).actor("ann", () -> {});
        }
    }

    @Test
    void wrongInterleavings() {
        EngineRun run = EngineRun.of(WrongInterleavings.class);
        assertThat(run.failures())
                .anySatisfy(failure -> assertThat(failure).contains("there are none", "or methods with @Actor"))
                .anySatisfy(failure -> assertThat(failure).contains("never ran", "call actors.run()"))
                .anySatisfy(failure -> assertThat(failure).contains("there is only [ann]"))
                .anySatisfy(failure -> assertThat(failure).contains("give each actor a different name"))
                .hasSize(4);
        assertThat(run.classFailures())
                .anySatisfy(failure -> assertThat(failure).contains("\"0000-ab\" is the token of another test"))
                .anySatisfy(failure -> assertThat(failure).contains("\"hello\" is not a token"))
                .hasSize(2);
    }

    @ExtendWith(StorageEmulator.class)
    static class WrongSweeps {
        @FaultSweep(only = "nonsense")
        void noRun(Storage storage) {}

        @FaultSweep(only = "lostResponse at 7")
        void noSuchOperation(Storage storage) {
            storage.kvStore().get("k");
        }

        @FaultSweep(maxRuns = 0)
        void noRuns(Storage storage) {}
    }

    @Test
    void wrongSweeps() {
        EngineRun run = EngineRun.of(WrongSweeps.class);
        assertThat(run.classFailures())
                .anySatisfy(failure -> assertThat(failure).contains("only = \"nonsense\" does not select a run"))
                .anySatisfy(failure -> assertThat(failure)
                        .contains("has no run \"lostResponse at 7\"", "lostResponse at 1 of 1: kvStore.get k"))
                .anySatisfy(failure -> assertThat(failure).contains("maxRuns is 0"))
                .hasSize(3);
    }
}
