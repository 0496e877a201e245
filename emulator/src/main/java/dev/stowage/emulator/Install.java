package dev.stowage.emulator;

import dev.stowage.emulator.service.InstallEvent;
import dev.stowage.emulator.service.InstallRecord;
import dev.stowage.emulator.transfer.DocumentCodec;
import dev.stowage.storage.Storage;
import dev.stowage.storage.operation.Transport;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** An install of an app in an account. */
public final class Install {

    private final EmulatorCore core;
    private final InstallRecord install;

    Install(EmulatorCore core, InstallRecord install) {
        this.core = core;
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

    /** The app that it is an install of: {@code emulator.app(install.appId())}. */
    public String appId() {
        return install.appId();
    }

    /** False once it was uninstalled or reinstalled. */
    public boolean isActive() {
        return core.installService.get(installId()).active();
    }

    /** The four stores, in process: the same operations as over HTTP, without the way there. */
    public Storage storage() {
        return core.storage(apiKey());
    }

    /**
     * The way to the four stores, in process.
     *
     * @param client who uses it: a word or two that the journal shows, with the thread's name behind it
     */
    public Transport transport(String client) {
        return core.transport(apiKey(), client);
    }

    /** The install that the app has in this account now: itself, unless the app was installed there again. */
    public Install current() {
        InstallRecord current = core.installService.current(install);
        return current.installId() == installId() ? this : new Install(core, current);
    }

    /** What happened to it, in order. */
    public List<InstallEvent> history() {
        return core.installService.history(installId());
    }

    /** A new version of the app comes to it: id, key and data stay. */
    public void upgrade() {
        core.installService.upgrade(installId());
    }

    /** Ends it because its installation failed: what it has written is gone, under either policy. */
    public void failInstallation() {
        core.installService.failInstallation(installId());
    }

    /** How many operations came with its key after it had ended: an app that kept using what it had cached. */
    public long rejectedOperations() {
        return core.installService.rejectedOperations(installId());
    }

    /**
     * Every record of its four stores as a readable JSON document, keys in order; the shared store is its app's. Secrets are
     * masked: see {@link #exportWithSecrets()}.
     */
    public String export() {
        return new String(DocumentCodec.write(core.exportImport.export(installId(), false)), StandardCharsets.UTF_8);
    }

    /** As {@link #export()}, with the values of the secrets store. */
    public String exportWithSecrets() {
        return new String(DocumentCodec.write(core.exportImport.export(installId(), true)), StandardCharsets.UTF_8);
    }

    /**
     * Loads what {@link #exportWithSecrets()} wrote, or somebody by hand: each store that the document has then holds exactly
     * what it says. All or nothing.
     *
     * @throws dev.stowage.storage.StorageException if anything in it can't be stored, or is masked; nothing has changed then
     */
    public void load(String document) {
        core.exportImport.load(installId(), DocumentCodec.read(document.getBytes(StandardCharsets.UTF_8)));
    }

    /** Ends the install: its key is refused from now on (INST-4). */
    public void uninstall() {
        core.installService.uninstall(installId());
    }

    /**
     * Ends the install, and installs the same app in the same account (INST-5).
     *
     * @return the new install, with another id and key; what it finds in its stores is the emulator's policy (INST-7)
     */
    public Install reinstall() {
        return new Install(core, core.installService.reinstall(installId()));
    }

    /**
     * The app that it is an install of.
     *
     * @deprecated Use {@code emulator.app(install.appId())}: an app knows its installs, an install only the app's id.
     */
    @Deprecated
    public App app() {
        return new App(core, core.installService.app(appId()));
    }

    /** @deprecated Use {@link #failInstallation()}. */
    @Deprecated
    public void fail() {
        failInstallation();
    }

    /** @deprecated Use {@link #rejectedOperations()}. */
    @Deprecated
    public long lateOperations() {
        return rejectedOperations();
    }

    @Override
    public String toString() {
        return "Install[" + installId() + " of " + install.appId() + " in " + trackerId() + "]";
    }
}
