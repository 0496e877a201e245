package dev.stowage.emulator.operation;

import dev.stowage.emulator.record.Change;

/** The change that an operation makes and the result that it returns. */
public record Outcome(Change change, Result result) {

    static Outcome of(Result result) {
        return new Outcome(Change.KEEP, result);
    }

    static Outcome of(boolean result) {
        return of(result ? Result.TRUE : Result.FALSE);
    }
}
