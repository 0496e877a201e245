package dev.stowage.emulator.memory;

/** Measures the heap that is in use after a collection. */
final class Heap {

    private Heap() {}

    static long usedMegabytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / (1024 * 1024);
    }
}
