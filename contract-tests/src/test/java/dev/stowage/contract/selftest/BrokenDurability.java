package dev.stowage.contract.selftest;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.model.RecordState;
import java.util.List;
import java.util.Map;

/** Broken stores for chapter 12. */
final class BrokenDurability {

    private BrokenDurability() {}

    static List<BrokenStore> chapter12() {
        return List.of(
                new BrokenStore("DUR-1", "acknowledges a write before it is durable", new Flaw() {
                    @Override
                    int writesBehind() {
                        return 8;
                    }
                }),
                new BrokenStore("DUR-1", "forgets a tombstone, so that a deleted record comes back", new Flaw() {
                    @Override
                    boolean isDurable(Call call) {
                        return !call.operation().equals("delete") || call.has("fields");
                    }
                }),
                new BrokenStore("DUR-1", "restores sets as lists", new Flaw() {
                    @Override
                    RecordState restore(RecordState state) {
                        Map<String, Object> all = MinimalService.copy(state);
                        all.replaceAll((field, value) -> value instanceof SetValue set ? set.members() : value);
                        return state.isMissing() ? state : RecordState.of(all);
                    }
                }),
                new BrokenStore("DUR-1", "forgets plugin data", new Flaw() {
                    @Override
                    boolean forgetsDocuments() {
                        return true;
                    }
                }),
                new BrokenStore("DUR-2", "lets others read what is not durable yet", new Flaw() {
                    @Override
                    boolean showsBeforeDurable(Call call) {
                        return !call.isRead();
                    }
                }),
                new BrokenStore("DUR-2", "writes the fields of a Multi one after the other", new Flaw() {
                    @Override
                    RecordState halfway(Call call, RecordState before) {
                        return call.operation().equals("incrementMulti") && before.isMissing()
                                ? RecordState.of(Map.of("a", 1))
                                : null;
                    }
                }),
                new BrokenStore("DUR-2", "erases the records of an install before it revokes the key", new Flaw() {
                    @Override
                    UninstallSteps uninstallSteps() {
                        return UninstallSteps.ERASE_THEN_REVOKE;
                    }
                }),
                new BrokenStore(
                        "DUR-2", "revokes the old key of a reinstall before it makes the new install", new Flaw() {
                            @Override
                            UninstallSteps uninstallSteps() {
                                return UninstallSteps.REVOKE_THEN_INSTALL;
                            }
                        }),
                new BrokenStore("DUR-3", "forgets that an install has ended", new Flaw() {
                    @Override
                    MinimalService.Install restore(MinimalService.Install install) {
                        return new MinimalService.Install(
                                install.id(), install.app(), install.apiKey(), true, install.account());
                    }
                }),
                new BrokenStore("DUR-3", "forgets installs that have ended", new Flaw() {
                    @Override
                    MinimalService.Install restore(MinimalService.Install install) {
                        return install.active() ? install : null;
                    }
                }),
                new BrokenStore("DUR-4", "starts every ttl anew", new Flaw() {
                    @Override
                    long restoreExpiry(long expiresAt, long writtenAt, long now) {
                        return expiresAt == 0 ? 0 : now + expiresAt - writtenAt;
                    }
                }),
                new BrokenStore("DUR-4", "forgets every ttl", new Flaw() {
                    @Override
                    long restoreExpiry(long expiresAt, long writtenAt, long now) {
                        return 0;
                    }
                }),
                new BrokenStore("DUR-4", "forgets a frozen clock", new Flaw() {
                    @Override
                    boolean forgetsClocks() {
                        return true;
                    }
                }),
                new BrokenStore("DUR-5", "counts versions from the start again", new Flaw() {
                    @Override
                    long restoreVersions(long last, long highestOfRecords) {
                        return 0;
                    }
                }),
                new BrokenStore("DUR-5", "forgets the versions of deleted records", new Flaw() {
                    @Override
                    long restoreVersions(long last, long highestOfRecords) {
                        return highestOfRecords;
                    }
                }));
    }
}
