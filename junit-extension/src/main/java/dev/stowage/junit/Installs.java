package dev.stowage.junit;

import dev.stowage.emulator.App;
import dev.stowage.emulator.Install;
import dev.stowage.emulator.testing.TestScope;
import dev.stowage.storage.Storage;

/** Creates more installs of the test's app, and other apps. All of them end with the test. */
public final class Installs {

    private final TestScope scope;

    Installs(TestScope scope) {
        this.scope = scope;
    }

    /** The current install of the test's app: the first one, or after a reinstall the one that replaced it. */
    public Install current() {
        return scope.install();
    }

    /** The test's app. */
    public App app() {
        return scope.app();
    }

    /** Creates another install of the test's app, in a new account. */
    public Install create() {
        return scope.app().install();
    }

    /** Creates another install of the test's app, in this account. */
    public Install createIn(String trackerId) {
        return scope.app().install(trackerId);
    }

    /** Creates an install of another app, in a new account. The same name means the same app. */
    public Install ofAnotherApp(String name) {
        return otherApp(name).install();
    }

    /** Another app. The same name returns the same app. */
    public App otherApp(String name) {
        return scope.otherApp(name);
    }

    /**
     * The storage that the app uses in this install. It follows reinstalls, and its operations are app calls, like those of the
     * test's {@code Storage} parameter.
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
