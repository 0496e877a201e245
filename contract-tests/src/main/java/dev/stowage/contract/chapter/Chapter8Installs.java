package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Client;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.Values;
import dev.stowage.contract.door.AppUnderTest;
import dev.stowage.contract.door.InstallUnderTest;
import dev.stowage.contract.run.Heard;
import dev.stowage.contract.run.Place;
import dev.stowage.contract.run.Property;
import dev.stowage.contract.run.Trial;
import dev.stowage.contract.run.Who;
import dev.stowage.storage.StoreName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chapter 8: who sees what. */
final class Chapter8Installs {

    private static final StoreName[] PARTITIONED = {StoreName.SECRETS, StoreName.SETTINGS, StoreName.KV_STORE};
    private static final Map<String, @Nullable Object> MINE =
            Values.hash("owner", "mine", "n", 5, "l", Values.list(1, 2));
    private static final Map<String, @Nullable Object> THEIRS = Values.hash("owner", "theirs");

    @Property(
            clause = "INST-1",
            does =
                    "writes a record by one install and has another, of the same app and of another, read, replace and delete that"
                            + " key in the same store; neither sees anything of the other",
            skipped = "for another app, where there is no second one",
            lookAt = "what a record is found by: the install has to be part of it, in each of the three stores")
    void partitioned(Trial t) {
        Place mine = t.in(t.choose(PARTITIONED));
        Place theirs = mine.by(t.choose(Who.SIBLING, Who.STRANGER));
        String key = t.key();
        mine.put(key, MINE).ok();
        theirs.get(key).is(Map.of());
        theirs.exists(key).is(false);
        theirs.get(key, "owner").is(Map.of());
        theirs.put(key, THEIRS).is(theirs.isKeyValue() ? Map.of() : true);
        mine.get(key).is(MINE);
        theirs.get(key).is(THEIRS);
        mine.patch(key, Values.hash("more", 1)).is(MINE);
        theirs.get(key).is(THEIRS);
        theirs.delete(key).is(theirs.isKeyValue() ? THEIRS : true);
        mine.exists(key).is(true);
        mine.get(key, "owner").is(Values.hash("owner", "mine"));
        mine.delete(key).ok();
        theirs.get(key).is(Map.of());
    }

    @Property(
            clause = "INST-1",
            does =
                    "has another install carry out each operation of kvStore on a key that is the first one's; it is as if there"
                            + " were no record, and the first one's stays",
            lookAt = "the operation that finds its record without the install")
    void partitionedForEveryOperation(Trial t) {
        Place mine = t.in(StoreName.KV_STORE);
        Place theirs = mine.by(t.choose(Who.SIBLING, Who.STRANGER));
        String key = t.key();
        Call call = t.choose(Ops.everyCall(StoreName.KV_STORE, key));
        Map<String, @Nullable Object> record =
                Values.hash("n", 5, "l", Values.list(1, 2), "ns", SetValue.numbers(7), "ss", SetValue.strings("m"));
        mine.put(key, record).ok();
        var expected = dev.stowage.contract.model.Reference.apply(dev.stowage.contract.model.RecordState.MISSING, call);
        Heard heard = theirs.call(call);
        if (!expected.accepts(heard.answer())) {
            throw heard.broken(expected.words());
        }
        mine.get(key).is(record);
        theirs.get(key).is(expected.after().hash());
    }

    @Property(
            clause = "INST-1",
            does = "uses one key in all four stores of an install; each store has its own record",
            lookAt = "whether the store is part of what a record is found by")
    void storesAreApart(Trial t) {
        String key = t.key();
        for (StoreName store : StoreName.values()) {
            t.in(store).get(key).is(Map.of());
            t.in(store).put(key, Values.hash("store", store.wireName())).ok();
        }
        for (StoreName store : StoreName.values()) {
            t.in(store).get(key).is(Values.hash("store", store.wireName()));
        }
        StoreName gone = t.choose(StoreName.values());
        t.in(gone).delete(key).ok();
        for (StoreName store : StoreName.values()) {
            t.in(store).exists(key).is(store != gone);
        }
    }

    @Property(
            clause = "INST-2",
            does =
                    "writes to sharedKvStore by one install and a global function in turns, and reads by the others; all see the"
                            + " same record",
            skipped = "for the global function, where there is none",
            lookAt = "whether the shared store is kept by app")
    void sharedByTheApp(Trial t) {
        Place mine = t.in(StoreName.SHARED_KV_STORE);
        Place other = mine.by(t.choose(Who.SIBLING, Who.FUNCTION));
        String key = t.key();
        mine.put(key, MINE).is(Map.of());
        other.get(key).is(MINE);
        other.exists(key).is(true);
        other.increment(key, "n").is(6);
        mine.increment(key, "n").is(7);
        other.insert("append", key, "l", 2).ok();
        mine.get(key).is(Values.hash("owner", "mine", "n", 7, "l", Values.list(1, 2, 2)));
        other.patch(key, THEIRS).is(Values.hash("owner", "mine", "n", 7, "l", Values.list(1, 2, 2)));
        mine.get(key, "owner").is(THEIRS);
        other.delete(key).ok();
        mine.get(key).is(Map.of());
        mine.exists(key).is(false);
    }

    @Property(
            clause = "INST-2",
            does =
                    "has an install of another app read, write and delete a key of sharedKvStore; it sees and changes nothing",
            skipped = "where there is no second app",
            lookAt = "whether the app is part of what a shared record is found by")
    void notSharedWithAnotherApp(Trial t) {
        Place mine = t.in(StoreName.SHARED_KV_STORE);
        Place theirs = mine.by(Who.STRANGER);
        String key = t.key();
        mine.put(key, MINE).ok();
        theirs.get(key).is(Map.of());
        theirs.exists(key).is(false);
        theirs.increment(key, "n").is(1);
        theirs.put(key, THEIRS).is(Values.hash("n", 1));
        mine.get(key).is(MINE);
        theirs.delete(key).is(THEIRS);
        mine.get(key).is(MINE);
    }

    @Property(
            clause = "INST-3",
            does =
                    "has a global function carry out each operation of each store: sharedKvStore works, the others answer"
                            + " no_install_context and write nothing",
            skipped = "where there is no global function",
            lookAt = "the store, or the operation, that does not ask who is calling")
    void aGlobalFunctionHasNoInstall(Trial t) {
        StoreName store = t.choose(StoreName.values());
        Place mine = t.in(store);
        Place function = mine.by(Who.FUNCTION);
        String key = t.key();
        Map<String, @Nullable Object> record = store.isKeyValue()
                ? Values.hash("n", 5, "l", Values.list(1, 2), "ns", SetValue.numbers(7), "ss", SetValue.strings("m"))
                : Values.hash("n", 5);
        mine.put(key, record).ok();
        for (Call call : Ops.everyCall(store, key)) {
            if (store == StoreName.SHARED_KV_STORE) {
                function.call(call).ok();
            } else {
                function.call(call).isRefused("no_install_context");
            }
        }
        if (store != StoreName.SHARED_KV_STORE) {
            mine.get(key).is(record);
        }
    }

    @Property(
            clause = "INST-4",
            does =
                    "uninstalls an install: each operation of each store is install_revoked with its key from then on, other"
                            + " installs and sharedKvStore are untouched",
            skipped = "where installs can't be ended",
            lookAt =
                    "the store, or the operation, that does not look at the install's state; and what else was deleted",
            share = 50)
    void uninstallEndsAnInstall(Trial t) {
        InstallUnderTest install = t.app().install();
        Who leaver = t.meet("an install that ends", "LEAVERS_KEY", install.client());
        StoreName store = t.choose(StoreName.values());
        String key = t.key();
        Place place = t.by(leaver, store);
        Place sibling = t.in(store);
        place.given(key, "n", 1);
        String siblings = t.key();
        sibling.given(siblings, "n", 2);
        t.by(leaver, StoreName.SHARED_KV_STORE).put(key + "s", MINE).ok();
        install.uninstall();
        t.note("the install that ends is uninstalled");
        for (Call call : Ops.everyCall(store, key)) {
            place.call(call).isRefused("install_revoked");
        }
        sibling.get(siblings).is(Values.hash("n", 2));
        t.in(StoreName.SHARED_KV_STORE).get(key + "s").is(MINE);
        if (store != StoreName.SHARED_KV_STORE) {
            InstallUnderTest next = t.app().install();
            t.by(t.meet("a later install", "LATER_KEY", next.client()), store)
                    .get(key)
                    .is(Map.of());
            next.uninstall();
        }
    }

    @Property(
            clause = "INST-4",
            does = "uninstalls the only install of an app; a later install finds sharedKvStore as it was",
            skipped = "where installs can't be ended",
            lookAt = "what goes with the last install",
            share = 5)
    void theLastInstallLeavesWhatIsShared(Trial t) {
        AppUnderTest app = t.openApp();
        InstallUnderTest only = app.install();
        String key = t.key();
        t.by(t.meet("the only install", "ONLY_KEY", only.client()), StoreName.SHARED_KV_STORE)
                .put(key, MINE)
                .ok();
        only.uninstall();
        t.note("the only install is uninstalled, and the app installed again");
        InstallUnderTest next = app.install();
        t.by(t.meet("a later install", "LATER_KEY", next.client()), StoreName.SHARED_KV_STORE)
                .get(key)
                .is(MINE);
        next.uninstall();
    }

    @Property(
            clause = "INST-5",
            does =
                    "reinstalls an install: a new key, empty stores; the old key is install_revoked, sharedKvStore is untouched",
            skipped = "where installs can't be reinstalled",
            lookAt = "what a reinstall keeps",
            share = 30)
    void reinstall(Trial t) {
        InstallUnderTest install = t.app().install();
        StoreName store = t.choose(PARTITIONED);
        Place old = t.by(t.meet("the old install", "OLD_KEY", install.client()), store);
        String key = t.key();
        old.put(key, MINE).ok();
        old.trial().by(old.who(), StoreName.SHARED_KV_STORE).put(key, THEIRS).ok();
        InstallUnderTest again = install.reinstall();
        t.note("the old install is reinstalled");
        Place fresh = t.by(t.meet("the new install", "NEW_KEY", again.client()), store);
        old.get(key).isRefused("install_revoked");
        old.put(key, THEIRS).isRefused("install_revoked");
        fresh.trial().by(fresh.who(), StoreName.SHARED_KV_STORE).get(key).is(THEIRS);
        fresh.get(key).is(Map.of());
        again.uninstall();
    }

    @Property(
            clause = "INST-7",
            does =
                    "reinstalls an install and looks at what the new one finds: nothing, or all that there was; never a part",
            skipped = "where installs can't be reinstalled",
            lookAt = "the stores that a reinstall forgets",
            share = 20)
    void reinstallKeepsAllOrNothing(Trial t) {
        InstallUnderTest install = t.app().install();
        Who old = t.meet("the old install", "OLD_KEY", install.client());
        String key = t.key();
        for (StoreName store : PARTITIONED) {
            t.by(old, store).put(key, MINE).ok();
        }
        InstallUnderTest again = install.reinstall();
        t.note("the old install is reinstalled");
        Who fresh = t.meet("the new install", "NEW_KEY", again.client());
        Object first = t.by(fresh, PARTITIONED[0]).get(key).ok().result();
        if (!Values.same(first, Map.of()) && !Values.same(first, MINE)) {
            throw t.brokenAt("INST-7", "after a reinstall a record was " + Values.brief(first) + ".", key);
        }
        for (StoreName store : PARTITIONED) {
            t.by(fresh, store).get(key).is(first);
        }
        again.uninstall();
    }

    @Property(
            clause = "INST-6",
            does =
                    "calls each operation of each store with no key, an unknown one, and keys that are nearly right; each is"
                            + " unauthenticated, says the same of what exists and what doesn't, and writes nothing",
            skipped = "where there are no keys",
            lookAt =
                    "the store, or the operation, that lets it in; and keys that are compared by a part, or without case")
    void unknownKeys(Trial t) {
        StoreName store = t.choose(StoreName.values());
        String right = t.install(Who.INSTALL).apiKey();
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
        Place intruder = t.by(t.meet("somebody with " + kind + " key", "WRONG_KEY", client), store);
        Place mine = t.in(store);
        String key = t.key();
        String missing = t.key();
        Map<String, @Nullable Object> record = Values.hash("canary", "f3a1c7");
        mine.put(key, record).ok();
        for (Call call : Ops.everyCall(store, key)) {
            Heard heard = intruder.call(call).isRefused("unauthenticated");
            if (heard.answer().detail().contains("f3a1c7")) {
                throw heard.broken("a refusal that tells nothing of the record");
            }
        }
        intruder.get(missing).isRefused("unauthenticated");
        mine.get(key).is(record);
    }

    private static String swapCase(String key) {
        StringBuilder swapped = new StringBuilder();
        key.chars()
                .forEach(c -> swapped.append(
                        (char) (Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))));
        return swapped.toString();
    }
}
