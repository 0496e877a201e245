package dev.stowage.emulator.service;

/** What becomes of an install's data when its app is installed again in the same account (INST-7). */
public enum ReinstallPolicy {
    /** It is gone: the new install's stores are empty (INST-5). */
    WIPE,
    /** The new install finds it, under its new id and key. */
    KEEP
}
