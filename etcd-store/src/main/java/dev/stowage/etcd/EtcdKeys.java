package dev.stowage.etcd;

import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordContent;
import dev.stowage.emulator.record.RecordName;
import dev.stowage.emulator.record.StoredRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How records are keys and values. A key is {@code prefix/owner NUL store NUL key}, so that a partition is a range. A value is the second
 * at which the record expires, or {@code -}, a line feed, and the content as JSON. The version is the revision of the key's last change.
 */
record EtcdKeys(String prefix) {

    private static final byte[] NEVER = "-\n".getBytes(StandardCharsets.US_ASCII);

    byte[] of(RecordName name) {
        return of(name.partition(), name.key());
    }

    byte[] of(Partition partition, String key) {
        return bytes(prefix + "/" + partition.owner() + "\0" + partition.store() + "\0" + key);
    }

    /** Comes before all keys: a user needs the permissions of the range that begins with it. */
    byte[] first() {
        return bytes(prefix + "/");
    }

    /** The first key of a partition's range. */
    byte[] start(Partition partition) {
        return of(partition, "");
    }

    /** The first key after a partition's range. */
    byte[] end(Partition partition) {
        byte[] end = start(partition);
        end[end.length - 1] = 1;
        return end;
    }

    /** The record's key. */
    String keyOf(byte[] etcdKey, Partition partition) {
        int from = start(partition).length;
        return new String(etcdKey, from, etcdKey.length - from, StandardCharsets.UTF_8);
    }

    static byte[] value(RecordContent content, long expiresAt) {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.writeBytes(expiresAt == StoredRecord.NEVER ? NEVER : bytes(expiresAt + "\n"));
        value.writeBytes(content.encode());
        return value.toByteArray();
    }

    static StoredRecord record(byte[] value, long revision) {
        int line = 0;
        while (value[line] != '\n') {
            line++;
        }
        String expiry = new String(value, 0, line, StandardCharsets.US_ASCII);
        return new StoredRecord(
                RecordContent.ofJson(Arrays.copyOfRange(value, line + 1, value.length)),
                revision,
                expiry.equals("-") ? StoredRecord.NEVER : Long.parseLong(expiry));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
