package dev.stowage.emulator;

import dev.stowage.emulator.advice.Advice;
import dev.stowage.emulator.advice.AdviceScope;
import dev.stowage.emulator.advice.Advisor;
import dev.stowage.emulator.app.AppUnderTest;
import dev.stowage.emulator.browse.RecordBrowser;
import dev.stowage.emulator.fault.Faults;
import dev.stowage.emulator.gate.Gate;
import dev.stowage.emulator.journal.Journal;
import dev.stowage.emulator.service.AppRecord;
import dev.stowage.emulator.service.Caller;
import dev.stowage.emulator.service.InstallRecord;
import dev.stowage.emulator.time.EmulatorClock;
import dev.stowage.emulator.transfer.DocumentCodec;
import dev.stowage.emulator.watch.Watcher;
import dev.stowage.storage.Storage;
import dev.stowage.storage.operation.Transport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** An app in an emulator: its installs, the store that they share, and its own clock. */
public final class App implements AppUnderTest {

    private final EmulatorCore core;
    private final AppRecord app;

    App(EmulatorCore core, AppRecord app) {
        this.core = core;
        this.app = app;
    }

    @Override
    public String appId() {
        return app.appId();
    }

    /** The key of the app's global functions. It gives access to {@code sharedKvStore} only (INST-3). */
    public String appKey() {
        return app.appKey();
    }

    /** Installs the app in a new account. */
    public Install install() {
        return new Install(core, core.installService.install(appId(), Optional.empty()));
    }

    /** Installs the app in the account {@code trackerId}. */
    public Install install(String trackerId) {
        return new Install(core, core.installService.install(appId(), Optional.of(trackerId)));
    }

    /**
     * Installs the app in a new account, with a key of the caller's choice.
     *
     * @param apiKey 27 letters or digits and {@code =}
     * @throws dev.stowage.storage.StorageException {@code invalid_request} if the key is malformed or in use
     */
    public Install installWithKey(String apiKey) {
        return new Install(core, core.installService.install(appId(), Optional.empty(), Optional.of(apiKey)));
    }

    /** Returns the app's installs since the last reset, in the order in which they were created. Ended installs are included. */
    public List<Install> installs() {
        return core.installService.list(appId()).stream()
                .map(install -> new Install(core, install))
                .toList();
    }

    /** The app's clock. It follows the emulator's clock until it is set or frozen. */
    @Override
    public EmulatorClock clock() {
        return core.clocks.of(appId());
    }

    /** The faults of this app. They are injected into this app's operations only. */
    @Override
    public Faults faults() {
        return core.faults(Optional.of(appId()));
    }

    /** The journal of this app's operations. */
    @Override
    public Journal journal() {
        return core.journal(Optional.of(appId()));
    }

    /** The gate at which a test can hold this app's operations until it releases them. */
    @Override
    public Gate gate() {
        return core.gate.scopedTo(appId());
    }

    /** Looks at the app's operations from now on, and says which best practices they break. Ends with a reset. */
    public Advisor advise(AdviceScope scope) {
        return core.testSessions.advisors().begin(this, scope);
    }

    /** Returns the advisor that {@link #advise} has started; empty if there is none, or a reset has ended it. */
    public Optional<Advisor> advisor() {
        return core.testSessions.advisors().find(appId());
    }

    /** Returns which best practices the app breaks; empty if {@link #advise} was not called. */
    public List<Advice> advice() {
        return advisor().map(Advisor::advice).orElse(List.of());
    }

    @Override
    public int accountNumber(long installId) {
        List<String> accounts = core.installService.list(appId()).stream()
                .map(InstallRecord::trackerId)
                .distinct()
                .toList();
        return accounts.indexOf(core.installService.get(installId).trackerId());
    }

    @Override
    public Map<Long, String> activeInstalls() {
        return core.installService.list(appId()).stream()
                .filter(InstallRecord::active)
                .collect(Collectors.toMap(InstallRecord::installId, InstallRecord::trackerId));
    }

    @Override
    public void reinstall() {
        installs().get(0).current().reinstall();
    }

    @Override
    public void addWatcher(Watcher watcher) {
        core.watchers.add(appId(), watcher);
    }

    @Override
    public void removeWatcher(Watcher watcher) {
        core.watchers.remove(appId(), watcher);
    }

    /** Registers a watcher of the app's operations. It replaces the previous one. */
    public void watch(Watcher watcher) {
        core.watchers.set(appId(), watcher);
    }

    /** Removes the app's watcher. */
    public void unwatch() {
        core.watchers.remove(appId());
    }

    /**
     * The storage of the app's global functions, in process. Only {@code sharedKvStore} can be used; the other stores refuse
     * with {@code no_install_context} (INST-3).
     */
    public Storage storage() {
        return core.storage(appKey());
    }

    /**
     * The transport to the shared store, in process.
     *
     * @param client the name of the client in the journal; the thread's name is appended
     */
    public Transport transport(String client) {
        return core.transport(appKey(), client);
    }

    /** Reads the app's shared store for a person who looks at it. That is no operation of the app. */
    public RecordBrowser browse() {
        return core.browserOf(new Caller.OfApp(app));
    }

    /** Exports the active installs and their shared store as one indented JSON document. Keys are sorted; secrets are masked. */
    public String export() {
        return new String(DocumentCodec.write(core.exportImport.exportApp(appId(), false)), StandardCharsets.UTF_8);
    }

    /** Exports as {@link #export()} does, but includes the values of the secrets stores. */
    public String exportWithSecrets() {
        return new String(DocumentCodec.write(core.exportImport.exportApp(appId(), true)), StandardCharsets.UTF_8);
    }

    /**
     * Loads a document that {@link #exportWithSecrets()} wrote: creates an install for each install in it, in the same
     * account, and replaces the shared store. Either the whole document is loaded or nothing.
     *
     * @return the new installs
     * @throws dev.stowage.storage.StorageException if a record can't be stored or is masked; nothing has changed then
     */
    public List<Install> load(String document) {
        return core
                .exportImport
                .loadApp(appId(), DocumentCodec.readApp(document.getBytes(StandardCharsets.UTF_8)))
                .stream()
                .map(install -> new Install(core, install))
                .toList();
    }

    /**
     * Deletes the app with its installs, records, faults, watcher and journal, and releases its held operations. Its clock follows
     * the emulator's clock again.
     */
    public void reset() {
        core.reset(appId());
    }

    @Override
    public String toString() {
        return "App[" + appId() + "]";
    }
}
