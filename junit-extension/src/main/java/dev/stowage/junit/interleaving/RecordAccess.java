package dev.stowage.junit.interleaving;

import dev.stowage.junit.scope.Account;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.operation.Operation;

/**
 * What an operation touches.
 *
 * @param owner whose record it is: an account's, or the whole app's where the store is shared
 * @param reads true if it writes nothing, whatever it finds
 */
public record RecordAccess(Account owner, StoreName store, String operation, String key, boolean reads) {

    private static final int WHOLE_APP = -1;

    static RecordAccess of(Account account, StoreName store, Operation operation) {
        Account owner = store == StoreName.SHARED_KV_STORE ? new Account(account.app(), WHOLE_APP) : account;
        return new RecordAccess(owner, store, operation.name(), operation.key(), operation.isRead());
    }

    /** True if both orders of the two come to the same: other records, or nothing but reads. */
    boolean commutesWith(RecordAccess other) {
        return (reads && other.reads) || store != other.store || !key.equals(other.key) || !owner.equals(other.owner);
    }

    @Override
    public String toString() {
        return store + "." + operation + " " + key;
    }
}
