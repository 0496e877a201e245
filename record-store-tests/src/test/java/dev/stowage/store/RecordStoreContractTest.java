package dev.stowage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.stowage.emulator.record.InMemoryRecordStore;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.store.SharedMemoryStore.Engine;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Tests the tests: every broken record store fails one of them. */
class RecordStoreContractTest {

    private static Supplier<RecordStore> store = InMemoryRecordStore::new;

    /** Not run by itself. */
    static class OfStore extends RecordStoreContract {

        @Override
        protected RecordStore open() {
            return store.get();
        }

        @Override
        protected int rounds() {
            return 300;
        }
    }

    private static List<String> failed(Supplier<RecordStore> open) {
        store = open;
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(OfStore.class))
                .execute()
                .testEvents()
                .failed()
                .map(event -> event.getTestDescriptor().getDisplayName())
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> everyBrokenStoreIsFound() {
        return BrokenRecordStores.all().entrySet().stream()
                .map(broken -> DynamicTest.dynamicTest(
                        broken.getKey(),
                        () -> assertThat(failed(broken.getValue())).isNotEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> everyBrokenSharedStoreIsFound() {
        return BrokenSharedStores.all().entrySet().stream()
                .map(broken -> DynamicTest.dynamicTest(
                        broken.getKey(),
                        () -> assertThat(failed(handlesOn(broken.getValue()::apply)))
                                .isNotEmpty()));
    }

    @Test
    void theRightSharedStoreIsNotAccused() {
        assertThat(failed(handlesOn(SharedMemoryStore::new))).isEmpty();
    }

    @Test
    void theRightSharedStoreIsNotAccusedWithoutThreads() {
        assertThat(failed(handlesOn(engine -> new StepsWithoutThread(new SharedMemoryStore(engine)))))
                .isEmpty();
    }

    private static Supplier<RecordStore> handlesOn(Function<Engine, RecordStore> handle) {
        Engine engine = new Engine();
        return () -> handle.apply(engine);
    }
}
