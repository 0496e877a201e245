package dev.stowage.emulator;

import dev.stowage.emulator.fault.Faults;
import dev.stowage.emulator.gate.Gate;
import dev.stowage.emulator.journal.Journal;
import dev.stowage.emulator.service.AppRecord;
import dev.stowage.emulator.time.EmulatorClock;
import dev.stowage.emulator.transfer.DocumentCodec;
import dev.stowage.emulator.watch.Watcher;
import dev.stowage.storage.Storage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** An app in an emulator: its installs, the store they share, and its own time. */
public final class App {

    private final EmulatorCore core;
    private final AppRecord app;

    App(EmulatorCore core, AppRecord app) {
        this.core = core;
        this.app = app;
    }

    public String appId() {
        return app.appId();
    }

    /** The key of the app's global functions: it opens sharedKvStore alone (INST-3). */
    public String appKey() {
        return app.appKey();
    }

    /** A new install, in an account of its own. */
    public Install install() {
        return new Install(core, core.installService.install(appId(), Optional.empty()));
    }

    /** A new install in this account. */
    public Install install(String trackerId) {
        return new Install(core, core.installService.install(appId(), Optional.of(trackerId)));
    }

    /** The app's installs since the last reset, uninstalled ones included, in the order they were made. */
    public List<Install> installs() {
        return core.installService.list(appId()).stream()
                .map(install -> new Install(core, install))
                .toList();
    }

    /** The app's clock: it follows the emulator's until it is set or moved. */
    public EmulatorClock clock() {
        return core.clocks.of(appId());
    }

    /** The faults of this app: they meet its operations alone. */
    public Faults faults() {
        return core.faults(Optional.of(appId()));
    }

    /** What this app's operations did. */
    public Journal journal() {
        return core.journal(Optional.of(appId()));
    }

    /** Where a test can hold this app's operations until it lets them go. */
    public Gate gate() {
        return core.gate.scopedTo(appId());
    }

    /** Has this watcher see the app's operations, in place of the one before. */
    public void watch(Watcher watcher) {
        core.watchers.set(appId(), watcher);
    }

    /** Has nobody watch the app any more. */
    public void unwatch() {
        core.watchers.remove(appId());
    }

    /** What a global function of the app sees, in process: {@code sharedKvStore}, and refusals. */
    public Storage storage() {
        return core.storage(appKey());
    }

    /** Its active installs and their shared store as one readable JSON document, keys in order. Secrets are masked. */
    public String export() {
        return new String(DocumentCodec.write(core.exportImport.exportApp(appId(), false)), StandardCharsets.UTF_8);
    }

    /** As {@link #export()}, with the values of the secrets stores. */
    public String exportWithSecrets() {
        return new String(DocumentCodec.write(core.exportImport.exportApp(appId(), true)), StandardCharsets.UTF_8);
    }

    /**
     * Loads what {@link #exportWithSecrets()} wrote: makes an install for each that it has, in its account, and replaces the
     * shared store. All or nothing.
     *
     * @return the new installs
     * @throws dev.stowage.storage.StorageException if anything in it can't be stored, or is masked; nothing has changed then
     */
    public List<Install> load(String document) {
        return core
                .exportImport
                .loadApp(appId(), DocumentCodec.readApp(document.getBytes(StandardCharsets.UTF_8)))
                .stream()
                .map(install -> new Install(core, install))
                .toList();
    }

    /** Forgets the app, its installs, records, faults and journal; its clock follows the emulator's again. */
    public void reset() {
        core.reset(appId());
    }

    @Override
    public String toString() {
        return "App[" + appId() + "]";
    }
}
