package dev.stowage.emulator.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.stowage.emulator.operation.Result;
import dev.stowage.emulator.service.Answer;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.wire.WireJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The body of an answer; a whole record goes in as the bytes that it is kept as. */
final class AnswerWriter {

    private static final byte[] START = "{\"result\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.US_ASCII);

    private AnswerWriter() {}

    static byte[] write(Operation operation, Answer answer) {
        if (answer.result() instanceof Result.Nothing) {
            return NOTHING;
        }
        byte[] result =
                answer.result() instanceof Result.Whole whole ? whole.content().json() : encode(answer.result());
        byte[] end = end(operation, answer);
        byte[] body = new byte[START.length + result.length + end.length];
        System.arraycopy(START, 0, body, 0, START.length);
        System.arraycopy(result, 0, body, START.length, result.length);
        System.arraycopy(end, 0, body, START.length + result.length, end.length);
        return body;
    }

    /** The record's version where the table of operations has one, and the remaining ttl of a read. */
    private static byte[] end(Operation operation, Answer answer) {
        StringBuilder end = new StringBuilder(48);
        if (operation instanceof Operation.Get
                || operation instanceof Operation.Put
                || operation instanceof Operation.Patch) {
            end.append(",\"version\":").append(answer.version());
        }
        if (operation instanceof Operation.Get && answer.ttlSeconds().isPresent()) {
            end.append(",\"ttl\":").append(answer.ttlSeconds().getAsLong());
        }
        return end.append('}').toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] encode(Result result) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(WireJson.factory()._getBufferRecycler());
                JsonGenerator generator = WireJson.factory().createGenerator(bytes)) {
            if (result instanceof Result.ByField byField) {
                WireJson.writeByField(generator, byField.values());
            } else if (result instanceof Result.Value value) {
                WireJson.writeValue(generator, value.value());
            }
            generator.flush();
            return bytes.getClearAndRelease();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
