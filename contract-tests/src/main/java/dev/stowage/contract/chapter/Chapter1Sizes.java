package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.property.Property;
import dev.stowage.contract.property.ResponseAssert;
import dev.stowage.contract.property.StoreClient;
import dev.stowage.contract.property.Trial;
import dev.stowage.storage.StoreName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chapter 1, the size of a record. The binding properties stay far from the limit, with text that every way of measuring rates about the same: 340 KB must fit, 520 KB must not.
 */
final class Chapter1Sizes {

    private static final int FITS = 340_000;
    private static final int TOO_LARGE = 520_000;
    private static final int EXACT_LIMIT = 409_600;

    @Property(
            clause = "VAL-8",
            does = "puts a record of 340 KB, which fits",
            lookAt = "a limit that is too low, or that applies to requests instead of records",
            share = 20)
    void aLargeRecordFits(Trial t) {
        StoreClient client = t.anyStore();
        String text = t.choose("x", "é").equals("x") ? "x".repeat(FITS) : "é".repeat(FITS / 2);
        String key = t.key();
        client.put(key, SuiteValues.hash("v", text)).succeeds();
        client.get(key).hasResult(SuiteValues.hash("v", text));
        client.delete(key).succeeds();
    }

    @Property(
            clause = "VAL-8",
            does = "puts a record of 520 KB, in characters of one, two, three and four bytes; it is refused as"
                    + " record_too_large and the record is unchanged",
            lookAt = "the unit: bytes of UTF-8, not characters",
            share = 20)
    void aTooLargeRecordIsRefused(Trial t) {
        StoreClient client = t.anyStore();
        String character = t.choose("x", "日", "é", "\ud83d\ude00");
        int bytes = character.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        String operation = t.choose("put", "patch");
        String key = t.key();
        client.createRecord(key, "a", 1);
        client.call(operation, "key", key, "value", SuiteValues.hash("v", character.repeat(TOO_LARGE / bytes)))
                .isRefusedWith("record_too_large");
        OperationCatalog.assertUnchanged(client, key, SuiteValues.hash("a", 1));
    }

    @Property(
            clause = "VAL-8",
            does = "puts a record of 30,000 short fields, or a list of 30,000 short strings; it is refused as"
                    + " record_too_large, because field names and small values count",
            lookAt = "whether only strings at the top level are counted",
            share = 10)
    void allOfARecordCounts(Trial t) {
        StoreClient client = t.store(t.choose(StoreName.KV_STORE, StoreName.SETTINGS));
        String key = t.key();
        Map<String, @Nullable Object> record = SuiteValues.hash();
        if (t.choose(true, false)) {
            for (int i = 0; i < 30_000; i++) {
                record.put("field-" + i, "0123456789");
            }
        } else {
            record.put("l", java.util.Collections.nCopies(30_000, "0123456789abcdefghij"));
        }
        client.put(key, record).isRefusedWith("record_too_large");
        client.get(key).hasResult(Map.of());
    }

    @Property(
            clause = "VAL-8",
            does = "grows a record of 340 KB by 180 KB, with each operation that can; it is refused as"
                    + " record_too_large and the record is unchanged",
            lookAt = "the operation that does not check the new size",
            share = 30)
    void noOperationGrowsARecordBeyond(Trial t) {
        StoreClient client = t.store(t.choose(StoreName.KV_STORE, StoreName.SHARED_KV_STORE));
        String more = "y".repeat(TOO_LARGE - FITS);
        String key = t.key();
        Call growing = t.choose(List.of(
                Call.of(client.store(), "append", "key", key, "field", "l", "value", more),
                Call.of(client.store(), "unshift", "key", key, "field", "l", "value", more),
                Call.of(
                        client.store(),
                        "appendMulti",
                        "key",
                        key,
                        "values",
                        SuiteValues.hash("l", SuiteValues.list(1, more))),
                Call.of(
                        client.store(),
                        "unshiftMulti",
                        "key",
                        key,
                        "values",
                        SuiteValues.hash("l", SuiteValues.list(1, more))),
                Call.of(client.store(), "addString", "key", key, "field", "s", "value", more),
                Call.of(
                        client.store(),
                        "addStringMulti",
                        "key",
                        key,
                        "values",
                        SuiteValues.hash("s", SuiteValues.list("b", more))),
                Call.of(client.store(), "patch", "key", key, "value", SuiteValues.hash("small", 1, "m", more)),
                Call.of(client.store(), "incrementMulti", "key", key, "amounts", manyFields(1)),
                Call.of(client.store(), "addNumberMulti", "key", key, "values", manyFields(SuiteValues.list(1)))));
        Map<String, @Nullable Object> record = SuiteValues.hash(
                "v", "x".repeat(FITS), "l", SuiteValues.list(1, 2), "s", SetValue.strings("a"), "n", 5);
        client.put(key, record).succeeds();
        client.call(growing).isRefusedWith("record_too_large");
        client.get(key).hasResult(record);
        client.delete(key).succeeds();
    }

    /** A hundred fields with long names. */
    private static Map<String, @Nullable Object> manyFields(Object value) {
        Map<String, @Nullable Object> fields = SuiteValues.hash();
        for (int i = 0; i < 100; i++) {
            fields.put("f" + i + "x".repeat(1_800), value);
        }
        return fields;
    }

    @Property(
            clause = "VAL-8",
            does = "puts a record of exactly 409,600 bytes of JSON including the key, which fits, and one that"
                    + " is a byte larger, which does not",
            lookAt = "how the size is measured exactly",
            advisory = true,
            share = 10)
    void theExactLimit(Trial t) {
        StoreClient client = t.anyStore();
        String character = t.choose("x", "é");
        int bytes = character.equals("x") ? 1 : 2;
        String key = t.key();
        int frame = "{\"v\":\"\"}".length() + key.length() + 2;
        int left = EXACT_LIMIT - frame;
        String exact = character.repeat(left / bytes) + "x".repeat(left % bytes);
        client.put(key, SuiteValues.hash("v", exact)).succeeds();
        ResponseAssert above = client.put(key, SuiteValues.hash("v", exact + "x"));
        above.isRefusedWith("record_too_large");
        client.get(key).hasResult(SuiteValues.hash("v", exact));
    }
}
