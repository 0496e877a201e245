package dev.stowage.store.process;

import dev.stowage.contract.property.WallClock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** Kills a part and starts it again, or pauses it for one to four seconds; a number chooses which. */
public final class Disturbances implements IntConsumer {

    private static final int LONGEST_PAUSE_SECONDS = 4;

    private final List<Part> parts;
    private final Map<String, Integer> counts = new ConcurrentSkipListMap<>();

    public Disturbances(List<? extends Part> parts) {
        this.parts = List.copyOf(parts);
    }

    @Override
    public void accept(int number) {
        Part part = parts.get(number % parts.size());
        int choice = number / parts.size();
        if (choice % 2 == 0) {
            counts.merge(part.name() + " killed", 1, Integer::sum);
            part.kill();
            part.restart();
        } else {
            counts.merge(part.name() + " paused", 1, Integer::sum);
            part.pause();
            try {
                WallClock.sleepUntil(
                        WallClock.nanoTime() + TimeUnit.SECONDS.toNanos(1 + choice / 2 % LONGEST_PAUSE_SECONDS));
            } finally {
                part.resume();
            }
        }
        parts.forEach(Part::awaitReady);
    }

    /** How often each part was killed and paused. */
    public Map<String, Integer> counts() {
        return Map.copyOf(counts);
    }
}
