package dev.stowage.emulator.advice;

import dev.stowage.storage.Hash;
import dev.stowage.storage.operation.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A record that is written several times and has reached half of the limit. Its size is estimated as that of its JSON. */
final class Growth implements Rule {

    private static final int WRITES = 3;

    private final int limitBytes;
    private final Map<RecordOfInstall, Integer> sizes = new RecentMap<>();
    private final Map<RecordOfInstall, Integer> writes = new RecentMap<>();

    Growth(int limitBytes) {
        this.limitBytes = limitBytes;
    }

    @Override
    public Optional<Advice> observe(Observation operation) {
        RecordOfInstall record = operation.record();
        int before = sizes.getOrDefault(record, 0);
        int size = sizeAfter(operation, before);
        sizes.put(record, size);
        if (size <= before || !operation.isWrite()) {
            return Optional.empty();
        }
        boolean isLarge = size >= limitBytes / 2;
        if (writes.merge(record, 1, Integer::sum) < WRITES || !isLarge) {
            return Optional.empty();
        }
        return Optional.of(record.advice(
                Practice.GROWTH,
                "it has grown with " + writes.get(record) + " writes to some " + size / 1024 + " KB of "
                        + limitBytes / 1024,
                List.of(operation.toString())));
    }

    private static int sizeAfter(Observation operation, int before) {
        Hash read = operation.whatWasRead();
        if (read != null) {
            return sizeOf(read);
        }
        Operation done = operation.call().operation();
        if (done instanceof Operation.Put put) {
            return sizeOf(put.value());
        }
        if (done instanceof Operation.Patch patch) {
            return Math.max(before, sizeOf(patch.value()));
        }
        if (done instanceof Operation.ListInsert insert) {
            return before + sizeOf(insert.values());
        }
        return done instanceof Operation.Delete ? 0 : before;
    }

    private static int sizeOf(Hash hash) {
        return hash.toString().length();
    }
}
