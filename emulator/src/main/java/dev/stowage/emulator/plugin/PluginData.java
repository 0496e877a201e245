package dev.stowage.emulator.plugin;

import dev.stowage.emulator.operation.Limits;
import dev.stowage.emulator.record.Change;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordContent;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.RecordStore.Decided;
import dev.stowage.emulator.record.StoredRecord;
import dev.stowage.emulator.record.Transaction;
import dev.stowage.emulator.service.Caller;
import dev.stowage.emulator.service.InstallService;
import dev.stowage.emulator.service.ResetListener;
import dev.stowage.emulator.watch.Watchers;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.StorageException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The private data of plugins, one JSON object for each install and context (PRIV-1), and the settings, which are global
 * (PRIV-5). The documents are kept in the emulator's record store.
 */
public final class PluginData implements ResetListener {

    private static final Partition SETTINGS = new Partition("emulator", "pluginSettings");
    private static final String DOCUMENT = "json";

    private final RecordStore records;
    private final InstallService installService;
    private final Limits limits;
    private final Watchers watchers;

    public PluginData(RecordStore records, InstallService installService, Limits limits, Watchers watchers) {
        this.watchers = watchers;
        this.records = records;
        this.installService = installService;
        this.limits = limits;
        installService.addListener(this);
    }

    /**
     * Replaces the object of a context.
     *
     * @throws StorageException {@code unauthenticated}, {@code install_revoked}, {@code record_too_large}
     */
    public void setPrivate(String apiKey, PluginContext context, JsonDocument document) {
        Caller.OfInstall caller = installOf(apiKey);
        Change change = writing(document);
        installService.whileActive(
                caller,
                guard -> records.update(
                        guard, partitionOf(caller), context.key(), before -> new Decided<>(change, context)));
        watchers.of(caller.app().appId()).pluginDataSet(context.key(), document.json());
    }

    /** Returns the object; empty if none was set (PRIV-4). */
    public Optional<JsonDocument> getPrivate(String apiKey, PluginContext context) {
        Caller.OfInstall caller = installOf(apiKey);
        return installService.whileActive(
                caller,
                guard -> records.update(
                                guard,
                                partitionOf(caller),
                                context.key(),
                                stored -> new Decided<>(Change.KEEP, documentOf(stored)))
                        .decision());
    }

    /**
     * Checks that a key belongs to an active install.
     *
     * @throws StorageException {@code unauthenticated}, {@code install_revoked} (PRIV-3)
     */
    public void checkKey(String apiKey) {
        installOf(apiKey);
    }

    public void setSettings(SettingsScope scope, JsonDocument document) {
        Change change = writing(document);
        records.update(SETTINGS, scope.key(), before -> new Decided<>(change, scope));
    }

    /** Returns the settings; empty if none were set. */
    public Optional<JsonDocument> getSettings(SettingsScope scope) {
        return documentOf(records.read(SETTINGS, scope.key()));
    }

    /** Deletes the settings. Private data is deleted with its install. */
    @Override
    public void resettingAll(Transaction commit) {
        commit.clear(SETTINGS);
    }

    private Caller.OfInstall installOf(String apiKey) {
        if (installService.authenticate(apiKey) instanceof Caller.OfInstall of) {
            return of;
        }
        throw new StorageException(
                ErrorCode.NO_INSTALL_CONTEXT,
                "An app's key has no access to plugin data. Use the apiKey of an install. (PRIV-3)");
    }

    private static Partition partitionOf(Caller.OfInstall caller) {
        return new Partition(caller.install().owner(), InstallService.PLUGIN_DATA);
    }

    private static Optional<JsonDocument> documentOf(@Nullable StoredRecord stored) {
        return stored == null
                ? Optional.empty()
                : Optional.ofNullable(stored.content().hash().getString(DOCUMENT))
                        .map(JsonDocument::new);
    }

    private Change writing(JsonDocument document) {
        int size = document.json().getBytes(StandardCharsets.UTF_8).length;
        if (size > limits.maxRecordBytes()) {
            throw new StorageException(
                    ErrorCode.RECORD_TOO_LARGE,
                    "The document would have " + size + " bytes as JSON; the limit is " + limits.maxRecordBytes()
                            + ". Nothing was changed.",
                    Map.of("size", size, "limit", limits.maxRecordBytes()));
        }
        return new Change.Write(RecordContent.of(Hash.of(DOCUMENT, document.json())), StoredRecord.NEVER);
    }
}
