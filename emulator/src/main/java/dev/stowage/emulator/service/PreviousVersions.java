package dev.stowage.emulator.service;

import dev.stowage.emulator.fault.FaultRules;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.StoredRecord;
import dev.stowage.storage.StoreName;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The previous versions of recently written records, for stale reads. They are kept in two generations of {@value
 * #GENERATION_BYTES} bytes: when the younger one is full, the older one is deleted. The previous version of a secret is kept only
 * while a {@code staleRead} rule can match it. All versions of an owner are deleted with its data.
 */
final class PreviousVersions implements ResetListener {

    private static final long GENERATION_BYTES = 2L * 1024 * 1024;
    /** An estimate of what an entry takes beside its content. */
    private static final long OVERHEAD_BYTES = 200;

    private static final int INITIAL_SIZE = 16;

    private final FaultRules rules;
    private volatile Generation younger = new Generation();
    private volatile Generation older = new Generation();

    PreviousVersions(FaultRules rules) {
        this.rules = rules;
    }

    /** @param record null if the record did not exist */
    record Previous(
            long versionBefore, long versionAfter, @Nullable StoredRecord record) {

        /** Of two writes the later one has the greater version; a removal has none, and is later than what it removed. */
        boolean isLaterThan(Previous other) {
            long mine = Math.max(versionBefore, versionAfter);
            long theirs = Math.max(other.versionBefore, other.versionAfter);
            return mine > theirs || (mine == theirs && versionAfter == 0);
        }

        private static Previous later(Previous one, Previous other) {
            return other.isLaterThan(one) ? other : one;
        }

        private long bytes() {
            return OVERHEAD_BYTES + (record == null ? 0 : record.content().sizeAtMost());
        }
    }

    private record Name(String store, String key) {}

    private static final class Generation {

        private final Map<String, Map<Name, Previous>> byOwner = new ConcurrentHashMap<>();
        private final AtomicLong bytes = new AtomicLong();

        /** @param before the generation before this one: who has written much goes on, and a map that grows is slow */
        void add(Partition partition, String key, Previous previous, Generation before) {
            Map<Name, Previous> ofOwner = byOwner.get(partition.owner());
            if (ofOwner == null) {
                ofOwner = byOwner.computeIfAbsent(
                        partition.owner(), owner -> new ConcurrentHashMap<>(before.sizeOf(owner)));
            }
            ofOwner.merge(new Name(partition.store(), key), previous, Previous::later);
            bytes.addAndGet(previous.bytes());
        }

        private int sizeOf(String owner) {
            Map<Name, Previous> ofOwner = byOwner.get(owner);
            return ofOwner == null ? INITIAL_SIZE : Math.max(INITIAL_SIZE, ofOwner.size());
        }

        @Nullable
        Previous find(Partition partition, String key) {
            Map<Name, Previous> ofOwner = byOwner.get(partition.owner());
            return ofOwner == null ? null : ofOwner.get(new Name(partition.store(), key));
        }

        void forgetSecretsOf(String owner) {
            Map<Name, Previous> ofOwner = byOwner.get(owner);
            if (ofOwner != null) {
                ofOwner.keySet().removeIf(name -> name.store().equals(StoreName.SECRETS.wireName()));
            }
        }
    }

    void remember(String appId, Partition partition, StoreName store, String key, Previous previous) {
        if (store == StoreName.SECRETS && !rules.mayReadStale(appId, store, key)) {
            younger.forgetSecretsOf(partition.owner());
            older.forgetSecretsOf(partition.owner());
            return;
        }
        if (younger.bytes.get() >= GENERATION_BYTES) {
            rotate();
        }
        younger.add(partition, key, previous, older);
    }

    private synchronized void rotate() {
        if (younger.bytes.get() >= GENERATION_BYTES) {
            older = younger;
            younger = new Generation();
        }
    }

    /** Returns the version before the current one; empty if it is not kept. */
    Optional<Previous> of(Partition partition, String key, long currentVersion) {
        return Stream.of(younger, older)
                .map(generation -> generation.find(partition, key))
                .filter(Objects::nonNull)
                .reduce(Previous::later)
                .filter(previous -> previous.versionAfter() == currentVersion);
    }

    @Override
    public void dataDropped(String owner) {
        younger.byOwner.remove(owner);
        older.byOwner.remove(owner);
    }
}
