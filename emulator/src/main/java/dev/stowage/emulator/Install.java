package dev.stowage.emulator;

import dev.stowage.emulator.browse.RecordBrowser;
import dev.stowage.emulator.service.InstallEvent;
import dev.stowage.emulator.service.InstallRecord;
import dev.stowage.emulator.transfer.DocumentCodec;
import dev.stowage.storage.Storage;
import dev.stowage.storage.operation.Transport;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One installation of an app in an account. */
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

    /** The id of the account that the app is installed in. */
    public String trackerId() {
        return install.trackerId();
    }

    /** The key that gives access to the four stores. It is unique to this install. */
    public String apiKey() {
        return install.apiKey();
    }

    /** The id of the app. {@code emulator.app(install.appId())} returns the app. */
    public String appId() {
        return install.appId();
    }

    /** Whether the install is active, was uninstalled (also by a reinstall), or its installation failed. */
    public InstallRecord.State state() {
        return core.installService.get(installId()).state();
    }

    /** Returns false once the install has ended: uninstalled, reinstalled, or its installation failed. */
    public boolean isActive() {
        return core.installService.get(installId()).active();
    }

    /** The four stores, in process. The operations are the same as over HTTP. */
    public Storage storage() {
        return core.storage(apiKey());
    }

    /**
     * The transport to the four stores, in process.
     *
     * @param client the name of the client in the journal; the thread's name is appended
     */
    public Transport transport(String client) {
        return core.transport(apiKey(), client);
    }

    /**
     * Reads the stores for a person who looks at them. That is no operation of the app.
     *
     * @throws dev.stowage.storage.StorageException {@code install_revoked} if the install has ended
     */
    public RecordBrowser browse() {
        return core.browserOf(core.installService.callerOf(installId()));
    }

    /** Returns the latest install of the app in this account: this one, unless the app was installed there again. */
    public Install current() {
        InstallRecord current = core.installService.current(install);
        return current.installId() == installId() ? this : new Install(core, current);
    }

    /** The events of this install's lifecycle, in order. */
    public List<InstallEvent> history() {
        return core.installService.history(installId());
    }

    /** Upgrades the app to a new version. The install keeps its id, key and data. */
    public void upgrade() {
        core.installService.upgrade(installId());
    }

    /** Ends the install because its installation failed. Its data is deleted under either reinstall policy. */
    public void failInstallation() {
        core.installService.failInstallation(installId());
    }

    /** Returns how many operations used this install's key after the install had ended, for example with a cached key. */
    public long rejectedOperations() {
        return core.installService.rejectedOperations(installId());
    }

    /**
     * Exports the records of the four stores as an indented JSON document. Keys are sorted; the shared store is the app's.
     * Secrets are masked: see {@link #exportWithSecrets()}.
     */
    public String export() {
        return new String(DocumentCodec.write(core.exportImport.export(installId(), false)), StandardCharsets.UTF_8);
    }

    /** Exports as {@link #export()} does, but includes the values of the secrets store. */
    public String exportWithSecrets() {
        return new String(DocumentCodec.write(core.exportImport.export(installId(), true)), StandardCharsets.UTF_8);
    }

    /**
     * Loads a document in the format of {@link #exportWithSecrets()}. Each store in the document is replaced; other stores do
     * not change. Either the whole document is loaded or nothing.
     *
     * @throws dev.stowage.storage.StorageException if a record can't be stored or is masked; nothing has changed then
     */
    public void load(String document) {
        core.exportImport.load(installId(), DocumentCodec.read(document.getBytes(StandardCharsets.UTF_8)));
    }

    /** Uninstalls the app. From now on the install's key is refused (INST-4). */
    public void uninstall() {
        core.installService.uninstall(installId());
    }

    /**
     * Ends the install and installs the same app in the same account (INST-5).
     *
     * @return the new install, with a new id and key. The reinstall policy decides whether it keeps the data (INST-7)
     */
    public Install reinstall() {
        return new Install(core, core.installService.reinstall(installId()));
    }

    /**
     * The app of this install.
     *
     * @deprecated Use {@code emulator.app(install.appId())}: an app references its installs, an install only the app's id.
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
