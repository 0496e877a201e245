package dev.stowage.emulator.advice;

import dev.stowage.emulator.call.Call;
import dev.stowage.storage.Hash;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.operation.Reply;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An operation that was carried out.
 *
 * @param reply empty if the app has not received it
 * @param at the time of the app's clock
 */
record Observation(Call call, Optional<Reply> reply, Instant at) {

    /** The record that the operation is on. */
    RecordOfInstall record() {
        return new RecordOfInstall(
                call.store() == StoreName.SHARED_KV_STORE ? 0 : installId(),
                call.store(),
                call.operation().key());
    }

    /** The install that calls; 0 for a global function. */
    long installId() {
        return call.installId().orElse(0);
    }

    boolean isWrite() {
        return !call.operation().isRead();
    }

    /** The whole record that a get has returned; null for other operations. */
    @Nullable
    Hash whatWasRead() {
        return call.operation() instanceof Operation.Get get
                        && get.fields() == null
                        && reply.isPresent()
                        && reply.get().result() instanceof Hash hash
                ? hash
                : null;
    }

    /** What a put or a patch writes; null for other operations. */
    @Nullable
    Hash written() {
        if (call.operation() instanceof Operation.Put put) {
            return put.value();
        }
        return call.operation() instanceof Operation.Patch patch ? patch.value() : null;
    }

    /** For the evidence. */
    @Override
    public String toString() {
        return call.store() + "." + call.operation().name() + " "
                + call.operation().key() + (reply.isEmpty() ? "  (the response was lost)" : "");
    }
}
