package dev.stowage.emulator.record;

import java.util.Locale;

/** What an acknowledged write survives. */
public enum Durability {
    /** The end of the process, also when it is killed. A crash of the machine can lose the last writes. */
    PROCESS,
    /** Also a crash of the machine: each commit waits until the disk has it. */
    DISK;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
