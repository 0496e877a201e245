package dev.stowage.emulator.service;

/** What happens to an install's data when its app is reinstalled in the same account (INST-7). */
public enum ReinstallPolicy {
    /** The data is deleted: the stores of the new install are empty (INST-5). */
    WIPE,
    /** The new install gets the data, under its new id and key. */
    KEEP
}
