package dev.stowage.junit.scope;

/**
 * An account by names that are the same in every run of a test.
 *
 * @param app which app it has: empty for the test's own, else the name the test gave it
 * @param number 0 for the account of the app's first install
 */
public record Account(String app, int number) {}
