package dev.stowage.emulator;

import dev.stowage.emulator.service.InstallRecord;
import dev.stowage.storage.Storage;

/** An install of an app in an account. */
public final class Install {

    private final Emulator emulator;
    private final InstallRecord install;

    Install(Emulator emulator, InstallRecord install) {
        this.emulator = emulator;
        this.install = install;
    }

    public long installId() {
        return install.installId();
    }

    /** The account that it sits in. */
    public String trackerId() {
        return install.trackerId();
    }

    /** The key that opens its four stores; no other install has it. */
    public String apiKey() {
        return install.apiKey();
    }

    public App app() {
        return emulator.app(install.appId());
    }

    /** False once it was uninstalled or reinstalled. */
    public boolean isActive() {
        return emulator.lives().get(installId()).active();
    }

    /** The four stores, in process: the same operations as over HTTP, without the way there. */
    public Storage storage() {
        return emulator.direct(apiKey());
    }

    /** Ends the install: its key is refused from now on (INST-4). */
    public void uninstall() {
        emulator.lives().uninstall(installId());
    }

    /**
     * Ends the install, and installs the same app in the same account (INST-5).
     *
     * @return the new install, with another id and key; what it finds in its stores is the emulator's policy (INST-7)
     */
    public Install reinstall() {
        return emulator.handle(emulator.lives().reinstall(installId()));
    }

    @Override
    public String toString() {
        return "Install[" + installId() + " of " + install.appId() + " in " + trackerId() + "]";
    }
}
