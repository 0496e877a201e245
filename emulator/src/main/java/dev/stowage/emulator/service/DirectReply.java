package dev.stowage.emulator.service;

import dev.stowage.emulator.operation.Result;
import dev.stowage.storage.operation.Reply;

/** Converts a result into the reply for a caller in the same process. */
public final class DirectReply {

    private DirectReply() {}

    public static Reply of(OperationResult operationResult) {
        Result result = operationResult.result();
        if (result instanceof Result.Whole whole) {
            return new Reply(true, whole.content().hash(), operationResult.version(), operationResult.ttlSeconds());
        }
        if (result instanceof Result.ByField byField) {
            return Reply.of(byField.values());
        }
        if (result instanceof Result.Value value) {
            return new Reply(true, value.value(), operationResult.version(), operationResult.ttlSeconds());
        }
        return Reply.nothing();
    }
}
