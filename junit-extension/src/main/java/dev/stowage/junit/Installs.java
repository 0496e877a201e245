package dev.stowage.junit;

import dev.stowage.emulator.App;
import dev.stowage.emulator.Install;
import dev.stowage.junit.scope.TestScope;
import dev.stowage.storage.Storage;

/** More installs than the one that every test has, and other apps. They all end with the test. */
public final class Installs {

    private final TestScope scope;

    Installs(TestScope scope) {
        this.scope = scope;
    }

    /** The install that the test's app has now: the first, or after a reinstall the one that took its place. */
    public Install current() {
        return scope.install();
    }

    /** The test's app. */
    public App app() {
        return scope.app();
    }

    /** Another install of the test's app, in an account of its own. */
    public Install create() {
        return scope.app().install();
    }

    /** Another install of the test's app, in this account. */
    public Install createIn(String trackerId) {
        return scope.app().install(trackerId);
    }

    /** An install of another app, in an account of its own; the same name means the same app. */
    public Install ofAnotherApp(String name) {
        return otherApp(name).install();
    }

    /** Another app; the same name answers the same app. */
    public App otherApp(String name) {
        return scope.otherApp(name);
    }

    /**
     * The storage that the app would have there, as the test's own {@code Storage} is for the current install: it follows
     * reinstalls, and its operations are the app's.
     */
    public Storage storageOf(Install install) {
        return scope.storageOf(install);
    }

    /** @deprecated Use {@link #create()}. */
    @Deprecated
    public Install another() {
        return create();
    }

    /** @deprecated Use {@link #createIn(String)}. */
    @Deprecated
    public Install another(String trackerId) {
        return createIn(trackerId);
    }
}
