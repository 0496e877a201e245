package dev.stowage.emulator.operation;

import dev.stowage.emulator.record.RecordContent;
import dev.stowage.storage.Hash;
import org.jspecify.annotations.Nullable;

/** What an operation answers. */
public sealed interface Result {

    /** No result at all: the list is empty (LIST-3), or the operation answers none. */
    record Nothing() implements Result {}

    /** A value in its held form, null included. */
    record Value(@Nullable Object value) implements Result {}

    /** A whole record. */
    record Whole(RecordContent content) implements Result {}

    /** A Multi's answer: a value for every field asked for. */
    record ByField(Hash values) implements Result {}

    Result NOTHING = new Nothing();
    Result TRUE = new Value(true);
    Result FALSE = new Value(false);
}
