package dev.stowage.emulator.record;

/** Tells when a partition has another last version than a step saw before. Thread-safe. */
final class PartitionWatch {

    private final Partition partition;
    private final Runnable changed;
    private volatile long version = -1;

    /** @param changed is called before the step that sees the change decides */
    PartitionWatch(Partition partition, Runnable changed) {
        this.partition = partition;
        this.changed = changed;
    }

    Partition partition() {
        return partition;
    }

    /** Called with the last version of the partition that a step has seen, before the step decides. */
    void saw(long lastVersion) {
        if (lastVersion != version) {
            synchronized (this) {
                if (lastVersion != version) {
                    changed.run();
                    version = lastVersion;
                }
            }
        }
    }
}
