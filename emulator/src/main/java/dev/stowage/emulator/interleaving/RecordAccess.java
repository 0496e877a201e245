package dev.stowage.emulator.interleaving;

import dev.stowage.storage.StoreName;
import dev.stowage.storage.operation.Operation;

/**
 * The record that an operation accesses.
 *
 * @param owner the account that the record belongs to, or the whole app if the store is shared
 * @param reads true if the operation never writes
 */
public record RecordAccess(Account owner, StoreName store, String operation, String key, boolean reads) {

    static final int WHOLE_APP = -1;

    public static RecordAccess of(Account account, StoreName store, Operation operation) {
        Account owner = store == StoreName.SHARED_KV_STORE ? new Account(account.app(), WHOLE_APP) : account;
        return new RecordAccess(owner, store, operation.name(), operation.key(), operation.isRead());
    }

    /** True if both orders of the two have the same result: they access different records, or both only read. */
    boolean commutesWith(RecordAccess other) {
        return (reads && other.reads) || store != other.store || !key.equals(other.key) || !owner.equals(other.owner);
    }

    @Override
    public String toString() {
        return store + "." + operation + " " + key;
    }
}
