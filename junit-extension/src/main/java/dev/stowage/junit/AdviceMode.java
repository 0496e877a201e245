package dev.stowage.junit;

/** What happens when the app breaks a best practice of the storage: see {@link dev.stowage.emulator.advice.Practice}. */
public enum AdviceMode {
    /** Nothing is looked at. */
    OFF,
    /** A report entry {@code stowage.advice} says which practices a test's app breaks. */
    REPORT,
    /** The test fails. */
    FAIL
}
