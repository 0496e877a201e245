package dev.stowage.emulator.operation;

import dev.stowage.emulator.record.RecordContent;
import dev.stowage.storage.Hash;
import org.jspecify.annotations.Nullable;

/** The result that an operation returns. */
public sealed interface Result {

    /** No result: the list is empty (LIST-3), or the operation returns nothing. */
    record Nothing() implements Result {}

    /** A value as a {@link Hash} stores it; may be null. */
    record Value(@Nullable Object value) implements Result {}

    /** A whole record. */
    record Whole(RecordContent content) implements Result {}

    /** The result of a Multi operation: a value for each requested field. */
    record ByField(Hash values) implements Result {}

    Result NOTHING = new Nothing();
    Result TRUE = new Value(true);
    Result FALSE = new Value(false);
}
