package dev.stowage.etcd;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stowage.emulator.record.Change;
import java.util.Base64;

/** A transaction: comparisons, what is done if all of them hold, and what is read if one does not. */
final class Txn {

    private final ObjectNode request = JsonNodeFactory.instance.objectNode();
    private final ArrayNode compare = request.putArray("compare");
    private final ArrayNode success = request.putArray("success");
    private final ArrayNode failure = request.putArray("failure");

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The key has this revision; 0 for a key that does not exist. */
    Txn requireRevision(byte[] key, long revision) {
        compare.addObject()
                .put("key", base64(key))
                .put("target", "MOD")
                .put("result", "EQUAL")
                .put("mod_revision", Long.toString(revision));
        return this;
    }

    Txn requireExists(byte[] key) {
        compare.addObject()
                .put("key", base64(key))
                .put("target", "CREATE")
                .put("result", "GREATER")
                .put("create_revision", "0");
        return this;
    }

    /** No key of the range was written after the revision. */
    Txn requireUnchangedSince(byte[] start, byte[] end, long revision) {
        compare.addObject()
                .put("key", base64(start))
                .put("range_end", base64(end))
                .put("target", "MOD")
                .put("result", "LESS")
                .put("mod_revision", Long.toString(revision + 1));
        return this;
    }

    private Txn put(byte[] key, byte[] value) {
        success.addObject().putObject("requestPut").put("key", base64(key)).put("value", base64(value));
        return this;
    }

    Txn delete(byte[] key) {
        success.addObject().putObject("requestDeleteRange").put("key", base64(key));
        return this;
    }

    Txn change(byte[] key, Change change) {
        if (change instanceof Change.Write write) {
            return put(key, EtcdKeys.value(write.content(), write.expiresAt()));
        }
        return change instanceof Change.Remove ? delete(key) : this;
    }

    Txn deleteRange(byte[] start, byte[] end) {
        success.addObject()
                .putObject("requestDeleteRange")
                .put("key", base64(start))
                .put("range_end", base64(end));
        return this;
    }

    Txn read(byte[] key) {
        success.addObject().putObject("requestRange").put("key", base64(key));
        return this;
    }

    Txn readRange(byte[] start, byte[] end) {
        success.addObject().putObject("requestRange").put("key", base64(start)).put("range_end", base64(end));
        return this;
    }

    Txn readKeys(byte[] start, byte[] end) {
        success.addObject()
                .putObject("requestRange")
                .put("key", base64(start))
                .put("range_end", base64(end))
                .put("keys_only", true);
        return this;
    }

    /** Reads the key of the range that was written last. */
    Txn readLastWritten(byte[] start, byte[] end) {
        lastWritten(success, start, end);
        return this;
    }

    /** If a comparison does not hold, reads the key of the range that was written last. */
    Txn otherwiseReadLastWritten(byte[] start, byte[] end) {
        lastWritten(failure, start, end);
        return this;
    }

    private static void lastWritten(ArrayNode branch, byte[] start, byte[] end) {
        branch.addObject()
                .putObject("requestRange")
                .put("key", base64(start))
                .put("range_end", base64(end))
                .put("sort_order", "DESCEND")
                .put("sort_target", "MOD")
                .put("limit", "1")
                .put("keys_only", true);
    }

    /** If a comparison does not hold, reads the revision of a key. */
    Txn otherwiseReadRevision(byte[] key) {
        failure.addObject().putObject("requestRange").put("key", base64(key)).put("keys_only", true);
        return this;
    }

    int operations() {
        return Math.max(Math.max(compare.size(), success.size()), failure.size());
    }

    ObjectNode request() {
        return request;
    }
}
