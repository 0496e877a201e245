package dev.stowage.emulator.http.data;

import dev.stowage.emulator.operation.Result;
import dev.stowage.emulator.service.OperationResult;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.wire.WireJson;
import java.nio.charset.StandardCharsets;

/** Writes the body of a response. A record is copied in the encoded form in which it is stored. */
final class ResponseBody {

    private static final byte[] START = "{\"result\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.US_ASCII);

    private ResponseBody() {}

    static byte[] write(Operation operation, OperationResult operationResult) {
        if (operationResult.result() instanceof Result.Nothing) {
            return EMPTY;
        }
        byte[] result = operationResult.result() instanceof Result.Whole whole
                ? whole.content().json()
                : encode(operationResult.result());
        byte[] end = end(operation, operationResult);
        byte[] body = new byte[START.length + result.length + end.length];
        System.arraycopy(START, 0, body, 0, START.length);
        System.arraycopy(result, 0, body, START.length, result.length);
        System.arraycopy(end, 0, body, START.length + result.length, end.length);
        return body;
    }

    /** Returns the end of the body: the version for get, put and patch, and the remaining ttl for get. */
    private static byte[] end(Operation operation, OperationResult operationResult) {
        StringBuilder end = new StringBuilder(48);
        if (operation instanceof Operation.Get
                || operation instanceof Operation.Put
                || operation instanceof Operation.Patch) {
            end.append(",\"version\":").append(operationResult.version());
        }
        if (operation instanceof Operation.Get && operationResult.ttlSeconds().isPresent()) {
            end.append(",\"ttl\":").append(operationResult.ttlSeconds().getAsLong());
        }
        return end.append('}').toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] encode(Result result) {
        return WireJson.encode(generator -> {
            if (result instanceof Result.ByField byField) {
                WireJson.writeByField(generator, byField.values());
            } else if (result instanceof Result.Value value) {
                WireJson.writeValue(generator, value.value());
            }
        });
    }
}
