package dev.stowage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.stowage.emulator.record.InMemoryRecordStore;
import dev.stowage.emulator.record.RecordStore;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
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

    @TestFactory
    Stream<DynamicTest> everyBrokenStoreIsFound() {
        return BrokenRecordStores.all().entrySet().stream()
                .map(broken -> DynamicTest.dynamicTest(broken.getKey(), () -> {
                    store = broken.getValue();
                    List<String> failed = EngineTestKit.engine("junit-jupiter")
                            .selectors(selectClass(OfStore.class))
                            .execute()
                            .testEvents()
                            .failed()
                            .map(event -> event.getTestDescriptor().getDisplayName())
                            .toList();
                    assertThat(failed).isNotEmpty();
                }));
    }
}
