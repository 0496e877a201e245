package dev.stowage.emulator.service;

import dev.stowage.emulator.operation.Result;
import dev.stowage.storage.operation.Reply;

/** A service's answer as a caller in the same process gets it. */
public final class DirectReply {

    private DirectReply() {}

    public static Reply of(Answer answer) {
        Result result = answer.result();
        if (result instanceof Result.Whole whole) {
            return new Reply(true, whole.content().hash(), answer.version(), answer.ttlSeconds());
        }
        if (result instanceof Result.ByField byField) {
            return Reply.of(byField.values());
        }
        if (result instanceof Result.Value value) {
            return new Reply(true, value.value(), answer.version(), answer.ttlSeconds());
        }
        return Reply.nothing();
    }
}
