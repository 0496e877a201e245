package dev.stowage.etcd;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** What a transaction has returned. */
record TxnResponse(JsonNode body) {

    /** A key that was read. */
    static final class KeyValue {

        private final byte[] key;
        private final byte[] value;
        private final long revision;

        private KeyValue(byte[] key, byte[] value, long revision) {
            this.key = key;
            this.value = value;
            this.revision = revision;
        }

        byte[] key() {
            return key;
        }

        /** Empty if keys alone were asked for. */
        byte[] value() {
            return value;
        }

        /** The revision of the key's last change. */
        long revision() {
            return revision;
        }
    }

    boolean succeeded() {
        return body.path("succeeded").asBoolean();
    }

    /** The revision of the store when the transaction was done: that of everything that it wrote. */
    long revision() {
        return body.path("header").path("revision").asLong();
    }

    /** What the read at this place found. */
    List<KeyValue> read(int index) {
        return keyValues(range(index));
    }

    /** @param range the response to a read */
    static List<KeyValue> keyValues(JsonNode range) {
        List<KeyValue> found = new ArrayList<>();
        for (JsonNode kv : range.path("kvs")) {
            found.add(new KeyValue(
                    decode(kv.path("key").asText()),
                    decode(kv.path("value").asText()),
                    kv.path("mod_revision").asLong()));
        }
        return found;
    }

    /** The revision of the key that the read at this place found; 0 if there was none. */
    long revision(int index) {
        return range(index).path("kvs").path(0).path("mod_revision").asLong();
    }

    private JsonNode range(int index) {
        return body.path("responses").path(index).path("response_range");
    }

    private static byte[] decode(String base64) {
        return Base64.getDecoder().decode(base64);
    }
}
