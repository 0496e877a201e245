package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.property.Property;
import dev.stowage.contract.property.StoreClient;
import dev.stowage.contract.property.Trial;
import dev.stowage.storage.StoreName;
import java.util.List;

/** Chapter 2: keys. */
final class Chapter2Keys {

    @Property(
            clause = "KEY-1",
            does = "uses invalid secrets keys with each operation of the secrets store; each is refused as"
                    + " invalid_key",
            lookAt = "the check of the key: all of it, every segment, no newline at its end; and in reads as well")
    void wrongSecretsKeys(Trial t) {
        StoreClient client = t.store(StoreName.SECRETS);
        String base = t.key();
        String key = t.choose(
                base + " b",
                base + "//b",
                "/" + base,
                base + "/",
                "",
                base + ".b",
                base + ":b",
                base + "\n",
                base + "é",
                base + "\u0661",
                "/",
                base + "\\b",
                base + "%2Fb",
                " " + base,
                base + "\u0000",
                base + "/b c",
                base + "+b",
                base + "@b",
                base + "*",
                base + "#",
                base + "/../b",
                base + "\u212a",
                base + "/b\n");
        for (Call call : List.of(
                Call.of(StoreName.SECRETS, "put", "key", key, "value", SuiteValues.hash("a", 1)),
                Call.of(StoreName.SECRETS, "get", "key", key),
                Call.of(StoreName.SECRETS, "patch", "key", key, "value", SuiteValues.hash("a", 1)),
                Call.of(StoreName.SECRETS, "delete", "key", key),
                Call.of(StoreName.SECRETS, "exists", "key", key))) {
            client.call(call).isRefusedWith("invalid_key");
        }
    }

    @Property(
            clause = "KEY-1",
            does = "uses keys of one, two and three segments of every allowed character; each identifies a"
                    + " separate record",
            lookAt = "characters or segments that are refused, and segments that are treated as folders")
    void rightSecretsKeys(Trial t) {
        StoreClient client = t.store(StoreName.SECRETS);
        String base = t.key();
        String key = t.choose(
                base + "/b",
                base + "/b/c",
                base + "_-",
                base + "/0",
                base + "/-",
                base + "/_",
                base + "AZaz09",
                base + "/B/C/d/e/f",
                base + "-/-");
        client.put(base, SuiteValues.hash("which", "base")).succeeds();
        client.put(key, SuiteValues.hash("which", "longer")).succeeds();
        client.get(key).hasResult(SuiteValues.hash("which", "longer"));
        client.get(base).hasResult(SuiteValues.hash("which", "base"));
        client.delete(base).succeeds();
        client.get(key).hasResult(SuiteValues.hash("which", "longer"));
        client.get(base).hasResult(SuiteValues.hash());
    }

    @Property(
            clause = "KEY-2",
            does = "uses keys with slashes, bars, colons, percent signs, spaces, emoji and control characters,"
                    + " and of exactly"
                    + " 1,024 bytes",
            lookAt = "the character or length that is refused or changed")
    void anyStringIsAKey(Trial t) {
        StoreClient client = t.store(t.choose(StoreName.SETTINGS, StoreName.KV_STORE, StoreName.SHARED_KV_STORE));
        String base = t.key();
        String key = t.choose(
                base + "/b",
                base + "|b",
                base + ":b",
                base + "%41",
                base + " b",
                base + "\ud83d\ude00",
                base + "\u0001",
                base + "\u0000",
                base + "é",
                base + "日本",
                base + ".",
                base + "?x=1",
                base + "#",
                base + "\"",
                base + "\n",
                base + "__proto__",
                base + "é".repeat((1_024 - base.length()) / 2));
        client.put(key, SuiteValues.hash("k", key)).succeeds();
        client.get(key).hasResult(SuiteValues.hash("k", key));
        client.get(base).hasResult(SuiteValues.hash());
        client.delete(key).succeeds();
        client.exists(key).hasResult(false);
    }

    @Property(
            clause = "KEY-2",
            does = "uses the empty key, and one of 1,025 bytes; each is refused as invalid_key",
            lookAt = "whether the length is counted in bytes of UTF-8")
    void noKeys(Trial t) {
        StoreClient client = t.store(t.choose(StoreName.SETTINGS, StoreName.KV_STORE, StoreName.SHARED_KV_STORE));
        String key = t.choose("", "x".repeat(1_025), "é".repeat(512) + "x");
        String operation = t.choose("get", "exists", "delete");
        client.call(operation, "key", key).isRefusedWith("invalid_key");
        client.put(key, SuiteValues.hash("a", 1)).isRefusedWith("invalid_key");
    }

    @Property(
            clause = "KEY-3",
            does = "writes two records whose keys differ in case, in white space or in normalisation; they are"
                    + " separate",
            lookAt = "whether keys are folded, trimmed or normalised")
    void keysAreComparedByCodePoint(Trial t) {
        StoreClient client = t.store(t.choose(StoreName.KV_STORE, StoreName.SHARED_KV_STORE, StoreName.SETTINGS));
        String base = t.key();
        List<String> pair = t.choose(List.of(
                List.of(base + "a", base + "A"),
                List.of(base, base + " "),
                List.of(base, " " + base),
                List.of(base + "\u00e9", base + "e\u0301"),
                List.of(base + "ss", base + "ß"),
                List.of(base + "k", base + "\u212a"),
                List.of(base, base + "\u0000"),
                List.of(base + "/", base),
                List.of(base + "1", base + "\uff11")));
        client.put(pair.get(0), SuiteValues.hash("which", 1)).succeeds();
        client.put(pair.get(1), SuiteValues.hash("which", 2)).succeeds();
        client.get(pair.get(0)).hasResult(SuiteValues.hash("which", 1));
        client.get(pair.get(1)).hasResult(SuiteValues.hash("which", 2));
        client.delete(pair.get(1)).succeeds();
        client.get(pair.get(0)).hasResult(SuiteValues.hash("which", 1));
    }
}
