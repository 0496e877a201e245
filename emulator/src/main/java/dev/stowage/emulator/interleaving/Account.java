package dev.stowage.emulator.interleaving;

/**
 * Identifies an account by names that are the same in every run of a test.
 *
 * @param app empty for the test's app, else the name that the test gave to the other app
 * @param number 0 for the account of the app's first install
 */
public record Account(String app, int number) {}
