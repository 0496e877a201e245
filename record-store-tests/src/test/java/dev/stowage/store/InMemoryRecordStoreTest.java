package dev.stowage.store;

import dev.stowage.emulator.record.InMemoryRecordStore;
import dev.stowage.emulator.record.RecordStore;

class InMemoryRecordStoreTest extends RecordStoreContract {

    @Override
    protected RecordStore open() {
        return new InMemoryRecordStore();
    }

    @Override
    protected int rounds() {
        return 3_000;
    }
}
