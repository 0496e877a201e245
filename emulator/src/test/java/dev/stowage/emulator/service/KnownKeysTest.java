package dev.stowage.emulator.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.emulator.record.InMemoryRecordStore;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordContent;
import dev.stowage.emulator.record.Transaction;
import dev.stowage.storage.Hash;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** INST-6: what is kept of a key never outlives a change of what it stands for. */
class KnownKeysTest {

    private static final Partition DIRECTORY = new Partition("emulator", "directory");

    private final InMemoryRecordStore records = new InMemoryRecordStore();
    private final KnownKeys keys = new KnownKeys(records, DIRECTORY, (key, caller) -> List.of("key/" + key, "app"));
    private int reads;

    private void write(String name, String owner) {
        Transaction.execute(
                records, commit -> commit.write(DIRECTORY, name, RecordContent.of(Hash.of("owner", owner))));
    }

    private Caller read() {
        reads++;
        String owner = records.read(DIRECTORY, "app").content().hash().getString("owner");
        return new Caller.OfApp(new AppRecord("app", "k", owner));
    }

    private String owner() {
        return keys.callerOf("k", this::read).app().owner();
    }

    @Test
    @DisplayName("a key is read again only when one of its records has changed")
    void readAgain() {
        write("key/k", "");
        write("app", "one");
        assertThat(owner()).isEqualTo("one");
        int once = reads;
        assertThat(owner()).isEqualTo("one");
        assertThat(reads).isEqualTo(once);
        write("app", "two");
        assertThat(owner()).isEqualTo("two");
        write("key/k", "changed");
        int before = reads;
        assertThat(owner()).isEqualTo("two");
        assertThat(reads).isGreaterThan(before);
    }

    @Test
    @DisplayName("a record that changes while its key is read leaves nothing that is outdated")
    void changedMeanwhile() {
        write("key/k", "");
        write("app", "one");
        Caller first = keys.callerOf("k", () -> {
            Caller read = read();
            if (reads == 1) {
                write("app", "two");
            }
            return read;
        });
        assertThat(first.app().owner()).isEqualTo("one");
        assertThat(owner()).isEqualTo("two");
    }

    @Test
    @DisplayName("a key whose record was removed is refused by whoever reads it")
    void removed() {
        write("key/k", "");
        write("app", "one");
        owner();
        Transaction.execute(records, commit -> commit.remove(DIRECTORY, "key/k"));
        assertThatThrownBy(() -> keys.callerOf("k", () -> {
                    throw new IllegalStateException("unknown");
                }))
                .hasMessage("unknown");
    }
}
