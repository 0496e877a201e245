package dev.stowage.contract.chapter;

import dev.stowage.contract.backend.InstallUnderTest;
import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.NotCheckableException;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.property.ClauseViolation;
import dev.stowage.contract.property.Principal;
import dev.stowage.contract.property.Principal.KeySource;
import dev.stowage.contract.property.Property;
import dev.stowage.contract.property.Property.Lane;
import dev.stowage.contract.property.StoreClient;
import dev.stowage.contract.property.Trial;
import dev.stowage.storage.StoreName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chapter 12: what is there after the backend was killed and started again. Requires a backend that is declared to be durable; the clauses are binding then. A restart takes seconds, so each try does much before one.
 */
final class Chapter12Durability {

    private static final String SKIPPED = "if the backend is not declared to be durable (--restart)";
    private static final Map<String, @Nullable Object> RECORD = SuiteValues.hash("a", 1, "b", "two");

    /** A record as it must be after the restart; empty if there is none. */
    private record Expected(StoreClient client, String key, Map<String, @Nullable Object> record) {

        void verify(String clause) {
            client.get(key).forClause(clause).hasResult(record);
            client.exists(key).forClause(clause).hasResult(!record.isEmpty());
        }
    }

    @Property(
            clause = "DUR-1",
            does =
                    "makes random sequences of calls in all stores by several callers, kills the service right after some"
                            + " more writes, and reads everything after the start",
            skipped = SKIPPED,
            lookAt = "what is acknowledged before it is durable, and types that are stored but not restored",
            lane = Lane.RESTART,
            share = 2)
    void whatWasAnsweredIsThere(Trial t) {
        DurableApp.open(t);
        List<Expected> deleted = recordsToDelete(t);
        ModelTest model = ModelTest.ofManyRecords(t);
        model.run(140);
        List<Expected> last = writeOfEachKind(t);
        for (Expected each : deleted) {
            each.client().delete(each.key()).succeeds();
        }
        t.restart();
        deleted.forEach(each -> each.verify("DUR-1"));
        last.forEach(each -> each.verify("DUR-1"));
        model.verifyUnchanged("DUR-1");
    }

    private static List<Expected> recordsToDelete(Trial t) {
        List<Expected> records = new ArrayList<>();
        for (StoreName store : StoreName.values()) {
            String key = t.key();
            t.store(store).createRecord(key, "a", 1);
            records.add(new Expected(t.store(store), key, Map.of()));
        }
        return records;
    }

    @Property(
            clause = "DUR-1",
            does = "sets the private data of a plugin for a user and for a workspace, and its settings, kills the"
                    + " service and reads them after the start",
            skipped = "if the backend is not declared to be durable (--restart), or has no such API",
            lookAt = "whether plugin data and settings are stored where records are",
            lane = Lane.RESTART,
            share = 2)
    void pluginDataIsThere(Trial t) {
        DurableApp app = DurableApp.open(t);
        t.pluginData();
        String key = app.install().apiKey();
        String id = t.key();
        List<PluginDocument> documents = List.of(
                PluginDocument.ofContext(t, "DUR-1", "user", key, "$KEY", "ann"),
                PluginDocument.ofContext(t, "DUR-1", "projects/" + id, key, "$KEY", null),
                PluginDocument.ofSettings(t, "DUR-1", "/settings/project/" + id, "ann"));
        documents.forEach(document -> document.set(RECORD, false));
        t.restart();
        documents.forEach(document -> document.holds(RECORD));
    }

    /** Makes one write of each kind, each on a new record; the last of them is answered just before the kill. */
    private static List<Expected> writeOfEachKind(Trial t) {
        List<Expected> records = new ArrayList<>();
        for (StoreName store : StoreName.values()) {
            write(t, records, store, RECORD, "put", "value", RECORD);
            write(t, records, store, RECORD, "patch", "value", RECORD);
            if (store.isKeyValue()) {
                Map<String, @Nullable Object> lists = SuiteValues.hash("l", SuiteValues.list(1, 1, null));
                write(t, records, store, SuiteValues.hash("n", 5), "increment", "field", "n", "amount", 5);
                write(
                        t,
                        records,
                        store,
                        SuiteValues.hash("n", 2),
                        "incrementMulti",
                        "amounts",
                        SuiteValues.hash("n", 2));
                write(
                        t,
                        records,
                        store,
                        SuiteValues.hash("l", SuiteValues.list(1)),
                        "append",
                        "field",
                        "l",
                        "value",
                        1);
                write(t, records, store, lists, "appendMulti", "values", lists);
                write(
                        t,
                        records,
                        store,
                        SuiteValues.hash("s", SetValue.strings("x")),
                        "addString",
                        "field",
                        "s",
                        "value",
                        "x");
                write(
                        t,
                        records,
                        store,
                        SuiteValues.hash("s", SetValue.numbers(7)),
                        "addNumber",
                        "field",
                        "s",
                        "value",
                        7);
            }
        }
        return records;
    }

    private static void write(
            Trial t,
            List<Expected> records,
            StoreName store,
            Map<String, @Nullable Object> after,
            String operation,
            @Nullable Object... arguments) {
        String key = t.key();
        Principal principal = records.size() % 2 == 0 ? Principal.INSTALL : Principal.SIBLING;
        StoreClient client = t.storeAs(principal, store);
        Call call = Call.of(store, operation, "key", key);
        for (int i = 0; i < arguments.length; i += 2) {
            call = call.with(String.valueOf(arguments[i]), arguments[i + 1]);
        }
        if (t.isImplemented(call)) {
            client.call(call).succeeds();
            records.add(new Expected(client, key, after));
        }
    }

    @Property(
            clause = "DUR-2",
            does = "kills the service while clients put, patch, update, delete, increment, add and read, after a"
                    + " random number of responses; each call without a response happened wholly or not at all,"
                    + " nothing that a caller was shown is taken back, and the history of two records is"
                    + " linearizable over the restart",
            skipped = SKIPPED,
            lookAt = "what others can read before it is durable, and records that are written in several steps",
            lane = Lane.RESTART,
            share = 10)
    void killedUnderLoad(Trial t) {
        DurableApp.open(t);
        new CrashLoad(t, t.number() % 2 == 0 ? StoreName.SHARED_KV_STORE : StoreName.KV_STORE).run();
    }

    @Property(
            clause = "DUR-2",
            does = "disturbs the service one to three times while clients put, patch, update, delete, increment, add"
                    + " and read, and go on after lost responses; everything that was answered is there, each call"
                    + " without a response happened wholly or not at all and at most once, and the histories of all"
                    + " records are linearizable",
            skipped = "if it was not declared how to disturb it (--disturb)",
            lookAt = "what a server or node does that was away and comes back, retries of writes, and stale reads",
            lane = Lane.RESTART,
            share = 10)
    void disturbedUnderLoad(Trial t) {
        DurableApp.openDisturbed(t);
        new DisturbedLoad(t, t.number() % 2 == 0 ? StoreName.SHARED_KV_STORE : StoreName.KV_STORE).run();
    }

    @Property(
            clause = "DUR-2",
            does = "kills the service while apps are reinstalled and uninstalled; after the start an old key works"
                    + " with all its data, or is revoked in all stores, and a reinstall that took effect has an"
                    + " install that works",
            skipped = "if the backend is not declared to be durable (--restart), or installs cannot be uninstalled",
            lookAt = "the steps of an uninstall and a reinstall that are not one commit",
            lane = Lane.RESTART,
            share = 5)
    void killedDuringReinstalls(Trial t) {
        t.requireRestart();
        new CrashOfInstalls(t).run();
    }

    @Property(
            clause = "DUR-3",
            does = "uninstalls one install and reinstalls another, kills the service and starts it again: the two old"
                    + " keys are refused as install_revoked in all stores, all other keys work, and an unknown"
                    + " key is refused as unauthenticated",
            skipped = SKIPPED,
            lookAt = "what is restored of installs that have ended",
            lane = Lane.RESTART,
            share = 2)
    void revokedKeysStayRevoked(Trial t) {
        DurableApp app = DurableApp.open(t);
        List<Principal> revoked = new ArrayList<>();
        List<Principal> valid = new ArrayList<>(List.of(Principal.INSTALL, Principal.SIBLING));
        try {
            endInstalls(t, app, revoked, valid);
        } catch (NotCheckableException noControlPlane) {
            t.count("no revoked keys");
        }
        t.restart();
        for (StoreName store : StoreName.values()) {
            for (Principal principal : revoked) {
                t.storeAs(principal, store).get(t.key()).isRefusedWith("install_revoked");
                t.storeAs(principal, store).put(t.key(), RECORD).isRefusedWith("install_revoked");
            }
            for (Principal principal : valid) {
                String key = t.key();
                t.storeAs(principal, store).put(key, RECORD).succeeds();
                t.storeAs(principal, store).get(key).hasResult(RECORD);
            }
        }
        try {
            Principal unknown = Principal.withWrongKey("a caller with an unknown key", "nobody-was-given-this-key");
            t.addPrincipal(unknown, t.openWith("nobody-was-given-this-key"));
            t.storeAs(unknown, StoreName.KV_STORE).get(t.key()).isRefusedWith("unauthenticated");
        } catch (NotCheckableException noKeys) {
            t.count("no API keys");
        }
    }

    private static void endInstalls(Trial t, DurableApp app, List<Principal> revoked, List<Principal> valid) {
        InstallUnderTest leaving = app.app().install();
        Principal leaver = Principal.of("the uninstalled install", "LEAVERS_KEY", KeySource.INSTALL);
        t.addPrincipal(leaver, leaving.client());
        leaving.uninstall();
        t.noteUninstall(leaver);
        revoked.add(leaver);
        InstallUnderTest moving = app.app().install();
        Principal old = Principal.of("the install before the reinstall", "OLD_KEY", KeySource.INSTALL);
        t.addPrincipal(old, moving.client());
        InstallUnderTest again = moving.reinstall();
        Principal fresh = Principal.of("the install after the reinstall", "NEW_KEY", KeySource.STEP);
        t.addPrincipal(fresh, again.client());
        t.noteReinstall(old, fresh);
        revoked.add(old);
        valid.add(fresh);
    }

    @Property(
            clause = "DUR-4",
            does = "writes records with short and long ttls, kills the service, and reads them after the start: the"
                    + " short ones are gone, and the long ones have aged by the time that has passed",
            skipped = "if the backend is not declared to be durable (--restart), or its time is frozen",
            lookAt = "whether the moment of expiry is stored, or a ttl that starts anew; and records that are loaded"
                    + " without it",
            lane = Lane.RESTART,
            share = 2)
    void ttlGoesOnWhileNobodyServes(Trial t) {
        DurableApp.open(t);
        long ttl = 3_600;
        Map<String, StoreClient> aging = new LinkedHashMap<>();
        Map<String, StoreClient> expiring = new LinkedHashMap<>();
        for (StoreName store : List.of(StoreName.KV_STORE, StoreName.SHARED_KV_STORE)) {
            StoreClient client = t.store(store);
            aging.put(t.key(), client);
            expiring.put(t.key(), client);
        }
        aging.forEach((key, client) -> client.createExpiringRecord(key, ttl, "n", 1));
        Trial.Mark start = t.mark();
        t.waitUntil(start, 3);
        for (Map.Entry<String, StoreClient> each : aging.entrySet()) {
            if (each.getValue().get(each.getKey()).actual().ttl().orElse(0) > ttl - 2) {
                throw t.skip("its clock is frozen");
            }
        }
        Trial.Mark written = t.mark();
        expiring.forEach((key, client) -> client.createExpiringRecord(key, 2, "n", 1));
        t.restart();
        long most = ttl - t.secondsSince(start) + 1;
        aging.forEach((key, client) ->
                client.get(key).hasResult(SuiteValues.hash("n", 1)).hasTtlBetween(ttl / 2, most));
        t.waitUntil(written, 5);
        expiring.forEach((key, client) -> {
            client.get(key).hasResult(Map.of());
            client.exists(key).hasResult(false);
        });
    }

    @Property(
            clause = "DUR-4",
            does = "freezes the clock, advances it so that one record expires and another is about to, kills the"
                    + " service, and waits after the start: the clock still shows the same time",
            skipped = "if the backend is not declared to be durable (--restart), or its time cannot be advanced",
            lookAt = "whether the clock of an app is stored, with its time and that it is frozen",
            lane = Lane.RESTART,
            share = 2)
    void frozenClockStaysFrozen(Trial t) {
        DurableApp app = DurableApp.open(t);
        if (!app.app().canAdvanceTime()) {
            throw t.skip("its time cannot be advanced");
        }
        Map<String, StoreClient> expired = new LinkedHashMap<>();
        Map<String, StoreClient> left = new LinkedHashMap<>();
        for (StoreName store : List.of(StoreName.KV_STORE, StoreName.SHARED_KV_STORE)) {
            expired.put(t.key(), t.store(store));
            left.put(t.key(), t.store(store));
        }
        expired.forEach((key, client) -> client.createExpiringRecord(key, 60, "n", 1));
        left.forEach((key, client) -> client.createExpiringRecord(key, 7_200, "n", 1));
        t.advance(app.app(), 3_600);
        left.forEach((key, client) -> client.get(key).forClause("TTL-1").hasTtlBetween(3_600, 3_600));
        t.restart();
        Trial.Mark started = t.mark();
        expired.forEach((key, client) -> client.get(key).hasResult(Map.of()));
        left.forEach((key, client) ->
                client.get(key).hasResult(SuiteValues.hash("n", 1)).hasTtlBetween(3_600, 3_600));
        t.waitUntil(started, 2);
        left.forEach((key, client) -> client.get(key).hasTtlBetween(3_600, 3_600));
        t.advance(app.app(), 3_602);
        left.forEach((key, client) -> client.get(key).hasResult(Map.of()));
    }

    @Property(
            clause = "DUR-5",
            does =
                    "writes and deletes records in the same order after each of two restarts, and reads the version after"
                            + " each write: none is repeated for a key; a write on condition of a version from before a"
                            + " delete and a restart is refused",
            skipped = "if the backend is not declared to be durable (--restart), or get returns no version",
            lookAt = "a counter of versions that starts again, or that forgets the versions of deleted records",
            lane = Lane.RESTART,
            share = 2)
    void noVersionIsUsedTwice(Trial t) {
        DurableApp.open(t);
        try {
            writeAndDeleteMany(t);
        } catch (ClauseViolation large) {
            throw RaceShrinker.shrink(large, 1, i -> writeAndDeleteOne(t));
        }
    }

    /** Also in one try with one record, which is enough where nothing else is written. */
    private static void writeAndDeleteOne(Trial t) {
        Versioned record = new Versioned(t, t.store(StoreName.KV_STORE), t.key());
        t.restart();
        record.write();
        record.delete();
        t.restart();
        record.write();
    }

    private static void writeAndDeleteMany(Trial t) {
        List<Versioned> deleted = new ArrayList<>();
        List<Versioned> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            for (StoreName store : StoreName.values()) {
                all.add(new Versioned(t, t.store(store), t.key()));
                if (i < 2) {
                    deleted.add(all.get(all.size() - 1));
                }
            }
        }
        t.restart();
        // The same writes in the same order after each restart repeat the versions of a counter that starts again. The
        // records
        // that are deleted have the highest versions, so a counter that goes on from those that are left repeats them.
        all.forEach(Versioned::write);
        deleted.forEach(Versioned::write);
        deleted.forEach(Versioned::delete);
        t.restart();
        deleted.forEach(Versioned::refusesTheOldVersion);
        all.forEach(Versioned::write);
        deleted.forEach(Versioned::refusesTheOldVersion);
    }

    /** A record and the versions that it had. */
    private static final class Versioned {

        private final Trial t;
        private final StoreClient client;
        private final String key;
        private final Set<Long> seen = new LinkedHashSet<>();
        private long last;
        private long beforeDelete;

        Versioned(Trial t, StoreClient client, String key) {
            this.t = t;
            this.client = client;
            this.key = key;
        }

        void write() {
            client.put(key, RECORD).succeeds();
            long version = version();
            last = version;
            if (!seen.add(version)) {
                throw t.violationAtKeys(
                        "DUR-5",
                        "after a restart a record has the version " + version + ", which it had before: expected"
                                + " a new version.",
                        key);
            }
        }

        void delete() {
            beforeDelete = last;
            client.delete(key).succeeds();
        }

        void refusesTheOldVersion() {
            client.call("put", "key", key, "value", RECORD, "ifVersion", beforeDelete)
                    .isRefusedWith("version_conflict");
        }

        private long version() {
            return client.get(key).succeeds().actual().version().orElseThrow(() -> t.skip("get returns no version"));
        }
    }
}
