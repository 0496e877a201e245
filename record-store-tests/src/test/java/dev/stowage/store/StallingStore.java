package dev.stowage.store;

import dev.stowage.emulator.record.Partition;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An engine that answers no step until a test lets it. */
final class StallingStore extends SharedMemoryStore {

    /** Completes when steps are answered. */
    static volatile CompletableFuture<Void> answers = CompletableFuture.completedFuture(null);

    StallingStore(Engine engine) {
        super(engine);
    }

    @Override
    protected List<Seen> see(@Nullable Partition watched, List<View> views) {
        answers.join();
        return super.see(watched, views);
    }
}
