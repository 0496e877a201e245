package dev.stowage.reliability.kill;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.NumberSet;
import dev.stowage.storage.Snapshot;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.Ttl;
import dev.stowage.storage.http.HttpStorage;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes a record for each kind of operation. The nth write to a record makes its state n, so what the emulator kept can be compared
 * with what it acknowledged: after a lost response it is n or n + 1, otherwise it is n.
 */
final class RecordWriter implements Writer {

    private static final Duration LONG = Duration.ofDays(30);

    private final int number;
    private final String apiKey;
    private final List<Kind> kinds;
    private @Nullable HttpStorage storage;

    RecordWriter(int number, String apiKey) {
        this.number = number;
        this.apiKey = apiKey;
        this.kinds = List.of(
                new Kind(
                        "increment",
                        n -> kv().increment(key("counter"), "n"),
                        kept -> longOf(kv().get(key("counter")), "n")),
                new Kind(
                        "incrementMulti",
                        n -> kv().incrementMulti(key("pair"), Map.of("a", 1, "b", 1)),
                        kept -> equal(kv().get(key("pair")), "a", "b")),
                new Kind("append", n -> kv().append(key("list"), "items", n), kept -> listLength()),
                new Kind("addNumber", n -> kv().addNumber(key("set"), "members", (double) n), kept -> setSize()),
                new Kind(
                        "put with a ttl",
                        n -> kv().put(key("session"), Hash.of("n", n), LONG),
                        kept -> withTtl(kv().snapshot(key("session")))),
                new Kind(
                        "patch with an updater",
                        n -> shared().patch("everybody", record -> record.with("w" + number, n)),
                        kept -> longOf(shared().get("everybody"), "w" + number)),
                new Kind("put and delete", this::putOrDelete, this::putOrDeleted),
                new Kind("conditional put", this::putIfVersion, this::keptByVersion));
    }

    private HttpStorage connected() {
        if (storage == null) {
            throw new IllegalStateException("not connected");
        }
        return storage;
    }

    private KeyValueStore kv() {
        return connected().kvStore();
    }

    private KeyValueStore shared() {
        return connected().sharedKvStore();
    }

    private String key(String name) {
        return name + "-" + number;
    }

    @Override
    public void connect(URI url) {
        storage = HttpStorage.connect(url, apiKey);
    }

    @Override
    public void step(SplittableRandom random) {
        kinds.get(random.nextInt(kinds.size())).step();
    }

    @Override
    public void check(KillReport report) {
        kinds.forEach(kind -> kind.check(report));
    }

    private static long longOf(Hash record, String field) {
        Number value = record.getDouble(field);
        return value == null ? 0 : value.longValue();
    }

    private static long equal(Hash record, String one, String other) {
        if (longOf(record, one) != longOf(record, other)) {
            throw new AssertionError("half of a Multi was kept: " + record);
        }
        return longOf(record, one);
    }

    private long listLength() {
        List<?> items = kv().get(key("list")).getList("items");
        List<Object> expected = new ArrayList<>();
        int length = items == null ? 0 : items.size();
        for (long n = 1; n <= length; n++) {
            expected.add(n);
        }
        if (length > 0 && !String.valueOf(items).equals(String.valueOf(expected))) {
            throw new AssertionError("the list is not 1 to " + length + ": " + items);
        }
        return length;
    }

    private long setSize() {
        NumberSet members = kv().get(key("set")).getNumberSet("members");
        return members == null ? 0 : members.size();
    }

    private static long withTtl(Snapshot snapshot) {
        if (snapshot.version() > 0 && snapshot.ttl().isEmpty()) {
            throw new AssertionError("a record lost its ttl");
        }
        return longOf(snapshot.value(), "n");
    }

    /** The last n that {@link #putOrDelete} wrote; the record is absent after every second one. */
    private void putOrDelete(long n) {
        if (n % 2 == 0) {
            kv().delete(key("flip"));
        } else {
            kv().put(key("flip"), Hash.of("n", n));
        }
    }

    private long putOrDeleted(long acknowledged) {
        Hash kept = kv().get(key("flip"));
        if (!kept.isEmpty()) {
            return longOf(kept, "n");
        }
        // Absent after every even write.
        return acknowledged % 2 == 0 ? acknowledged : acknowledged + 1;
    }

    private long lastVersion;

    private void putIfVersion(long n) {
        long version = kv().putIfVersion(key("versioned"), Hash.of("n", n), lastVersion, Ttl.keep());
        if (version <= lastVersion) {
            throw new AssertionError("the version " + version + " came after " + lastVersion);
        }
        lastVersion = version;
    }

    private long keptByVersion(long acknowledged) {
        Snapshot kept = kv().snapshot(key("versioned"));
        long n = longOf(kept.value(), "n");
        if (n == acknowledged ? kept.version() != lastVersion : kept.version() <= lastVersion) {
            throw new AssertionError("the record has version " + kept.version() + " after " + lastVersion);
        }
        lastVersion = kept.version();
        return n;
    }

    /** A kind of operation, and its record. */
    private static final class Kind {

        private final String name;
        private final NumberedWrite write;
        private final ToLongFunction<Long> kept;
        private long acknowledged;
        private boolean isOpen;

        /** @param kept returns the n of the record that the emulator kept, for the n that it acknowledged */
        Kind(String name, NumberedWrite write, ToLongFunction<Long> kept) {
            this.name = name;
            this.write = write;
            this.kept = kept;
        }

        void step() {
            isOpen = true;
            try {
                write.write(acknowledged + 1);
            } catch (StorageException problem) {
                if (problem.code() == ErrorCode.UNAVAILABLE) {
                    throw new LostResponseException(problem);
                }
                throw problem;
            }
            isOpen = false;
            acknowledged++;
        }

        void check(KillReport report) {
            long found;
            try {
                found = kept.applyAsLong(acknowledged);
            } catch (AssertionError finding) {
                report.found(name + ": " + finding.getMessage());
                return;
            }
            if (found == acknowledged || (isOpen && found == acknowledged + 1)) {
                report.checked(isOpen, found != acknowledged);
            } else {
                report.found(name + ": " + acknowledged + " writes were acknowledged" + (isOpen ? ", one was open" : "")
                        + ", and the state is that of " + found);
            }
            acknowledged = found;
            isOpen = false;
        }
    }

    /** Makes the state of a record n. */
    private interface NumberedWrite {
        void write(long n);
    }
}
