package dev.stowage.contract.chapter;

import dev.stowage.contract.backend.AppUnderTest;
import dev.stowage.contract.backend.InstallUnderTest;
import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Client;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.property.Principal;
import dev.stowage.contract.property.Principal.KeySource;
import dev.stowage.contract.property.Property;
import dev.stowage.contract.property.ResponseAssert;
import dev.stowage.contract.property.StoreClient;
import dev.stowage.contract.property.Trial;
import dev.stowage.storage.StoreName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chapter 8: which install sees which records. */
final class Chapter8Installs {

    private static final StoreName[] PARTITIONED = {StoreName.SECRETS, StoreName.SETTINGS, StoreName.KV_STORE};
    private static final Map<String, @Nullable Object> MINE =
            SuiteValues.hash("owner", "mine", "n", 5, "l", SuiteValues.list(1, 2));
    private static final Map<String, @Nullable Object> THEIRS = SuiteValues.hash("owner", "theirs");

    private static final Principal OLD = Principal.of("the old install", "OLD_KEY", KeySource.INSTALL);
    private static final Principal NEW = Principal.of("the new install", "NEW_KEY", KeySource.STEP);
    private static final Principal LATER = Principal.of("a later install", "LATER_KEY", KeySource.STEP);

    @Property(
            clause = "INST-1",
            does = "writes a record by one install; another install, of the same app or of another, reads,"
                    + " replaces and deletes the same key in the same store; neither sees the other's record",
            skipped = "for another app, if there is only one",
            lookAt = "the lookup key of a record: it must include the install, in each of the three stores")
    void partitioned(Trial t) {
        StoreClient firstClient = t.store(t.choose(PARTITIONED));
        StoreClient theirs = firstClient.as(t.choose(Principal.SIBLING, Principal.STRANGER));
        String key = t.key();
        firstClient.put(key, MINE).succeeds();
        theirs.get(key).hasResult(Map.of());
        theirs.exists(key).hasResult(false);
        theirs.get(key, "owner").hasResult(Map.of());
        theirs.put(key, THEIRS).hasResult(theirs.isKeyValue() ? Map.of() : true);
        firstClient.get(key).hasResult(MINE);
        theirs.get(key).hasResult(THEIRS);
        firstClient.patch(key, SuiteValues.hash("more", 1)).hasResult(MINE);
        theirs.get(key).hasResult(THEIRS);
        theirs.delete(key).hasResult(theirs.isKeyValue() ? THEIRS : true);
        firstClient.exists(key).hasResult(true);
        firstClient.get(key, "owner").hasResult(SuiteValues.hash("owner", "mine"));
        firstClient.delete(key).succeeds();
        theirs.get(key).hasResult(Map.of());
    }

    @Property(
            clause = "INST-1",
            does = "calls each operation of kvStore by another install on a key of the first one; it behaves"
                    + " as for a missing record, and the first one's record is unchanged",
            lookAt = "the operation that looks up its record without the install")
    void partitionedForEveryOperation(Trial t) {
        StoreClient firstClient = t.store(StoreName.KV_STORE);
        StoreClient theirs = firstClient.as(t.choose(Principal.SIBLING, Principal.STRANGER));
        String key = t.key();
        Call call = t.choose(OperationCatalog.everyCall(StoreName.KV_STORE, key));
        Map<String, @Nullable Object> record = SuiteValues.hash(
                "n", 5, "l", SuiteValues.list(1, 2), "ns", SetValue.numbers(7), "ss", SetValue.strings("m"));
        firstClient.put(key, record).succeeds();
        var expected =
                dev.stowage.contract.model.ReferenceModel.apply(dev.stowage.contract.model.RecordState.MISSING, call);
        ResponseAssert response = theirs.call(call);
        if (!expected.accepts(response.actual())) {
            throw response.violation(expected.description());
        }
        firstClient.get(key).hasResult(record);
        theirs.get(key).hasResult(expected.after().hash());
    }

    @Property(
            clause = "INST-1",
            does = "uses one key in all four stores of an install; each store has a separate record",
            lookAt = "whether the lookup key of a record includes the store")
    void storesAreApart(Trial t) {
        String key = t.key();
        for (StoreName store : StoreName.values()) {
            t.store(store).get(key).hasResult(Map.of());
            t.store(store).put(key, SuiteValues.hash("store", store.wireName())).succeeds();
        }
        for (StoreName store : StoreName.values()) {
            t.store(store).get(key).hasResult(SuiteValues.hash("store", store.wireName()));
        }
        StoreName gone = t.choose(StoreName.values());
        t.store(gone).delete(key).succeeds();
        for (StoreName store : StoreName.values()) {
            t.store(store).exists(key).hasResult(store != gone);
        }
    }

    @Property(
            clause = "INST-2",
            does = "writes to sharedKvStore by an install and by another install or a global function in"
                    + " turns; all see the same record",
            skipped = "for the global function, if there is none",
            lookAt = "whether the shared store is partitioned by app")
    void sharedByTheApp(Trial t) {
        StoreClient firstClient = t.store(StoreName.SHARED_KV_STORE);
        StoreClient otherClient = firstClient.as(t.choose(Principal.SIBLING, Principal.FUNCTION));
        String key = t.key();
        firstClient.put(key, MINE).hasResult(Map.of());
        otherClient.get(key).hasResult(MINE);
        otherClient.exists(key).hasResult(true);
        otherClient.increment(key, "n").hasResult(6);
        firstClient.increment(key, "n").hasResult(7);
        otherClient.insertIntoList("append", key, "l", 2).succeeds();
        firstClient.get(key).hasResult(SuiteValues.hash("owner", "mine", "n", 7, "l", SuiteValues.list(1, 2, 2)));
        otherClient
                .patch(key, THEIRS)
                .hasResult(SuiteValues.hash("owner", "mine", "n", 7, "l", SuiteValues.list(1, 2, 2)));
        firstClient.get(key, "owner").hasResult(THEIRS);
        otherClient.delete(key).succeeds();
        firstClient.get(key).hasResult(Map.of());
        firstClient.exists(key).hasResult(false);
    }

    @Property(
            clause = "INST-2",
            does = "reads, writes and deletes a key of sharedKvStore by an install of another app; it sees and"
                    + " changes nothing",
            skipped = "if there is only one app",
            lookAt = "whether the lookup key of a shared record includes the app")
    void notSharedWithAnotherApp(Trial t) {
        StoreClient firstClient = t.store(StoreName.SHARED_KV_STORE);
        StoreClient theirs = firstClient.as(Principal.STRANGER);
        String key = t.key();
        firstClient.put(key, MINE).succeeds();
        theirs.get(key).hasResult(Map.of());
        theirs.exists(key).hasResult(false);
        theirs.increment(key, "n").hasResult(1);
        theirs.put(key, THEIRS).hasResult(SuiteValues.hash("n", 1));
        firstClient.get(key).hasResult(MINE);
        theirs.delete(key).hasResult(THEIRS);
        firstClient.get(key).hasResult(MINE);
    }

    @Property(
            clause = "INST-3",
            does = "calls each operation of each store by a global function: sharedKvStore works, the others"
                    + " refuse with no_install_context and write nothing",
            skipped = "if there is no global function",
            lookAt = "the store or operation that does not check the caller")
    void aGlobalFunctionHasNoInstall(Trial t) {
        StoreName store = t.choose(StoreName.values());
        StoreClient firstClient = t.store(store);
        StoreClient function = firstClient.as(Principal.FUNCTION);
        String key = t.key();
        Map<String, @Nullable Object> record = store.isKeyValue()
                ? SuiteValues.hash(
                        "n", 5, "l", SuiteValues.list(1, 2), "ns", SetValue.numbers(7), "ss", SetValue.strings("m"))
                : SuiteValues.hash("n", 5);
        firstClient.put(key, record).succeeds();
        for (Call call : OperationCatalog.everyCall(firstClient, key)) {
            if (store == StoreName.SHARED_KV_STORE) {
                function.call(call).succeeds();
            } else {
                function.call(call).isRefusedWith("no_install_context");
            }
        }
        if (store != StoreName.SHARED_KV_STORE) {
            firstClient.get(key).hasResult(record);
        }
    }

    @Property(
            clause = "INST-4",
            does = "uninstalls an install: from then on each operation of each store with its key is refused"
                    + " as install_revoked; other installs and sharedKvStore are unchanged",
            skipped = "if installs cannot be uninstalled",
            lookAt = "the store or operation that does not check the install's state; and what else was deleted",
            share = 50)
    void uninstallEndsAnInstall(Trial t) {
        InstallUnderTest install = t.app().install();
        Principal leaver = t.addPrincipal(
                Principal.of("the install to be uninstalled", "LEAVERS_KEY", KeySource.INSTALL), install.client());
        StoreName store = t.choose(StoreName.values());
        String key = t.key();
        StoreClient client = t.storeAs(leaver, store);
        StoreClient sibling = t.store(store);
        client.createRecord(key, "n", 1);
        String siblings = t.key();
        sibling.createRecord(siblings, "n", 2);
        t.storeAs(leaver, StoreName.SHARED_KV_STORE).put(key + "s", MINE).succeeds();
        install.uninstall();
        t.noteUninstall(leaver);
        for (Call call : OperationCatalog.everyCall(client, key)) {
            client.call(call).isRefusedWith("install_revoked");
        }
        sibling.get(siblings).hasResult(SuiteValues.hash("n", 2));
        t.store(StoreName.SHARED_KV_STORE).get(key + "s").hasResult(MINE);
        if (store != StoreName.SHARED_KV_STORE) {
            InstallUnderTest next = t.app().install();
            t.noteInstall(LATER);
            t.storeAs(t.addPrincipal(LATER, next.client()), store).get(key).hasResult(Map.of());
            next.uninstall();
        }
    }

    @Property(
            clause = "INST-4",
            does = "uninstalls the only install of an app; a later install finds sharedKvStore unchanged",
            skipped = "if installs cannot be uninstalled",
            lookAt = "what is deleted with the last install",
            share = 5)
    void theLastInstallLeavesWhatIsShared(Trial t) {
        AppUnderTest app = t.openApp();
        InstallUnderTest only = app.install();
        String key = t.key();
        Principal onlyInstall =
                t.addPrincipal(Principal.of("the only install", "ONLY_KEY", KeySource.INSTALL), only.client());
        t.storeAs(onlyInstall, StoreName.SHARED_KV_STORE).put(key, MINE).succeeds();
        only.uninstall();
        t.noteUninstall(onlyInstall);
        InstallUnderTest next = app.install();
        t.noteInstall(LATER);
        t.storeAs(t.addPrincipal(LATER, next.client()), StoreName.SHARED_KV_STORE)
                .get(key)
                .hasResult(MINE);
        next.uninstall();
    }

    @Property(
            clause = "INST-5",
            does = "reinstalls an install: it has a new key and empty stores; the old key is refused as"
                    + " install_revoked; sharedKvStore is unchanged",
            skipped = "if installs cannot be reinstalled",
            lookAt = "what a reinstall keeps",
            share = 30)
    void reinstall(Trial t) {
        InstallUnderTest install = t.app().install();
        StoreName store = t.choose(PARTITIONED);
        StoreClient old = t.storeAs(t.addPrincipal(OLD, install.client()), store);
        String key = t.key();
        old.put(key, MINE).succeeds();
        old.trial()
                .storeAs(old.principal(), StoreName.SHARED_KV_STORE)
                .put(key, THEIRS)
                .succeeds();
        InstallUnderTest again = install.reinstall();
        t.noteReinstall(OLD, NEW);
        StoreClient fresh = t.storeAs(t.addPrincipal(NEW, again.client()), store);
        old.get(key).isRefusedWith("install_revoked");
        old.put(key, THEIRS).isRefusedWith("install_revoked");
        fresh.trial()
                .storeAs(fresh.principal(), StoreName.SHARED_KV_STORE)
                .get(key)
                .hasResult(THEIRS);
        fresh.get(key).hasResult(Map.of());
        again.uninstall();
    }

    @Property(
            clause = "INST-7",
            does = "reinstalls an install and reads the three stores by the new one: they hold nothing, or"
                    + " everything; never a part",
            skipped = "if installs cannot be reinstalled",
            lookAt = "the stores that a reinstall misses",
            share = 20)
    void reinstallKeepsAllOrNothing(Trial t) {
        InstallUnderTest install = t.app().install();
        Principal old = t.addPrincipal(OLD, install.client());
        String key = t.key();
        for (StoreName store : PARTITIONED) {
            t.storeAs(old, store).put(key, MINE).succeeds();
        }
        InstallUnderTest again = install.reinstall();
        t.noteReinstall(OLD, NEW);
        Principal fresh = t.addPrincipal(NEW, again.client());
        Object first = t.storeAs(fresh, PARTITIONED[0]).get(key).succeeds().result();
        if (!SuiteValues.areEqual(first, Map.of()) && !SuiteValues.areEqual(first, MINE)) {
            throw t.violationAtKeys(
                    "INST-7",
                    "after a reinstall: expected {} or the old record but was" + " " + SuiteValues.abbreviated(first)
                            + ".",
                    key);
        }
        for (StoreName store : PARTITIONED) {
            t.storeAs(fresh, store).get(key).hasResult(first);
        }
        again.uninstall();
    }

    @Property(
            clause = "INST-6",
            does = "calls each operation of each store with no key, an unknown one, and keys that are nearly"
                    + " right; each is refused as unauthenticated, whether or not the record exists,"
                    + " and writes nothing",
            skipped = "if there are no API keys",
            lookAt = "the store or operation that accepts the key; and keys that are compared partly or without case")
    void unknownKeys(Trial t) {
        StoreName store = t.choose(StoreName.values());
        String right = t.install(Principal.INSTALL).apiKey();
        String kind = t.choose("unknown", "none", "longer", "shorter", "other case", "install id");
        @Nullable
        String wrong = switch (kind) {
            case "unknown" -> "nobody-was-given-this-key";
            case "none" -> null;
            case "longer" -> right + "x";
            case "shorter" -> right.substring(0, Math.max(1, right.length() - 2));
            case "other case" -> swapCase(right);
            default -> "1";
        };
        if (right.equals(wrong)) {
            throw t.skip("the key has no letters");
        }
        Client client = t.openWith(wrong);
        StoreClient intruder = t.storeAs(
                t.addPrincipal(
                        Principal.withWrongKey("a caller with a wrong key (" + kind + ")", inShell(kind)), client),
                store);
        StoreClient firstClient = t.store(store);
        String key = t.key();
        String missing = t.key();
        Map<String, @Nullable Object> record = SuiteValues.hash("canary", "f3a1c7");
        firstClient.put(key, record).succeeds();
        for (Call call : OperationCatalog.everyCall(firstClient, key)) {
            ResponseAssert response = intruder.call(call).isRefusedWith("unauthenticated");
            if (response.actual().detail().contains("f3a1c7")) {
                throw response.violation("a refusal that does not contain the record's values");
            }
        }
        intruder.get(missing).isRefusedWith("unauthenticated");
        firstClient.get(key).hasResult(record);
    }

    /** The wrong key of that kind, as a shell word. */
    private static String inShell(String kind) {
        return switch (kind) {
            case "unknown" -> "nobody-was-given-this-key";
            case "none" -> "''";
            case "longer" -> "\"${KEY}x\"";
            case "shorter" -> "\"${KEY%??}\"";
            case "other case" -> "$(echo \"$KEY\" | tr 'A-Za-z' 'a-zA-Z')";
            default -> "1";
        };
    }

    private static String swapCase(String key) {
        StringBuilder swapped = new StringBuilder();
        key.chars()
                .forEach(c -> swapped.append(
                        (char) (Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))));
        return swapped.toString();
    }
}
