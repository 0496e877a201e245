package dev.stowage.benchmarks;

import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.Install;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Measures what a step costs while there are more and more of something: records, installs, apps, entries of the journal. In process, on one
 * thread; with a heap that is there from the beginning ({@link AllBenchmarks}). Each figure is the best of five medians. Fails if a step costs twice as much with the most as with the fewest.
 */
final class Counts {

    private static final int STEPS = 20_000;
    /** Of what makes one more: few, so that there is about the number that is printed. */
    private static final int FEWER_STEPS = 50;

    private static final int WARM_UP_ROUNDS = 10;
    private static final int ROUNDS = 5;
    private static final double AT_MOST = 2;

    private final Bounds bounds = new Bounds();
    private final boolean prints;

    private Counts(boolean prints) {
        this.prints = prints;
    }

    /** Arguments: numbers (default: 1,000, 10,000, 100,000, 1,000,000); no more than 100,000 apps and installs are made. */
    static void main(String... args) {
        int[] numbers = args.length > 0
                ? Arrays.stream(args).mapToInt(Integer::parseInt).toArray()
                : new int[] {1_000, 10_000, 100_000, 1_000_000};
        int[] fewer = Arrays.stream(numbers).filter(number -> number <= 100_000).toArray();
        for (int i = 0; i < WARM_UP_ROUNDS; i++) {
            new Counts(false).measure(new int[] {1_000}, new int[] {1_000});
        }
        Counts counts = new Counts(true);
        counts.measure(numbers, fewer);
        counts.bounds.exitIfMissed();
    }

    private void measure(int[] numbers, int[] fewer) {
        records(numbers);
        journal(numbers);
        installs(fewer);
        apps(fewer);
    }

    private void records(int... numbers) {
        try (Emulator emulator = Emulator.start(EmulatorConfig.inProcess())) {
            KeyValueStore store = emulator.install().storage().kvStore();
            IntConsumer put = i -> store.put("key-" + i, Hash.of("n", i));
            IntConsumer one = i -> put.accept(i % 1_000);
            measure("records: a put", numbers, put, one, STEPS);
        }
        try (Emulator emulator = Emulator.start(EmulatorConfig.inProcess())) {
            KeyValueStore store = emulator.install().storage().kvStore();
            IntConsumer put = i -> store.put("key-" + i, Hash.of("n", i));
            measure("records: a get", numbers, put, i -> store.get("key-" + i % 1_000), STEPS);
        }
    }

    /** A journal that is full: each step adds one entry and removes one. */
    private void journal(int... numbers) {
        double[] micros = new double[numbers.length];
        for (int at = 0; at < numbers.length; at++) {
            EmulatorConfig config = EmulatorConfig.builder()
                    .servesHttp(false)
                    .journalCapacity(numbers[at])
                    .build();
            try (Emulator emulator = Emulator.start(config)) {
                KeyValueStore store = emulator.install().storage().kvStore();
                IntConsumer increment = i -> store.increment("key-" + i % 1_000, "n");
                IntStream.range(0, numbers[at]).forEach(increment);
                micros[at] = best(increment, 0, STEPS);
            }
        }
        report("journal: an increment", numbers, micros);
    }

    private void installs(int... numbers) {
        try (Emulator emulator = Emulator.start(EmulatorConfig.inProcess())) {
            App app = emulator.app("app");
            IntConsumer install = i -> put(app.install(), i);
            measure("installs: one more", numbers, install, install, FEWER_STEPS);
        }
        try (Emulator emulator = Emulator.start(EmulatorConfig.inProcess())) {
            App app = emulator.app("app");
            Install[] last = {app.install()};
            measure(
                    "installs: a reinstall",
                    numbers,
                    i -> app.install(),
                    i -> last[0] = last[0].reinstall(),
                    FEWER_STEPS);
        }
    }

    private void apps(int... numbers) {
        try (Emulator emulator = Emulator.start(EmulatorConfig.inProcess())) {
            IntConsumer app = i -> put(emulator.app("app-" + i).install(), i);
            measure("apps: one more", numbers, app, app, FEWER_STEPS);
        }
    }

    private static void put(Install install, int i) {
        install.storage().kvStore().put("key-" + i % 1_000, Hash.of("n", i));
    }

    /** @param grow makes the i-th of what there is more and more of */
    private void measure(String what, int[] numbers, IntConsumer grow, IntConsumer step, int steps) {
        double[] micros = new double[numbers.length];
        int made = 0;
        for (int at = 0; at < numbers.length; at++) {
            for (; made < numbers[at]; made++) {
                grow.accept(made);
            }
            micros[at] = best(step, made, steps);
            made += grow == step ? ROUNDS * steps : 0;
        }
        report(what, numbers, micros);
    }

    private void report(String what, int[] numbers, double[] micros) {
        if (!prints || numbers.length == 0) {
            return;
        }
        System.out.printf("%-24s", what);
        for (int at = 0; at < numbers.length; at++) {
            System.out.printf(" %,11d: %6.2f µs", numbers[at], micros[at]);
        }
        double ratio = micros[micros.length - 1] / micros[0];
        System.out.printf("   %.2f%n", ratio);
        if (ratio > AT_MOST) {
            bounds.miss("%s costs %.2f times as much, at most %.2f", what, ratio, AT_MOST);
        }
    }

    private static double best(IntConsumer step, int from, int steps) {
        return IntStream.range(0, ROUNDS)
                .mapToDouble(round -> median(step, from + round * steps, steps))
                .min()
                .orElseThrow();
    }

    private static double median(IntConsumer step, int from, int steps) {
        long[] nanos = new long[steps];
        for (int i = 0; i < steps; i++) {
            long start = System.nanoTime();
            step.accept(from + i);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos[steps / 2] / 1e3;
    }
}
