package dev.stowage.benchmarks;

import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.wire.OperationWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A get and a put as Redis knows them: {@code GET} and {@code SET}. */
final class RedisProtocol implements Protocol {

    @Override
    public boolean has(Operation operation) {
        return operation instanceof Operation.Get || operation instanceof Operation.Put;
    }

    @Override
    public byte[] request(ServerProcess server, Operation operation) {
        byte[] key = operation.key().getBytes(StandardCharsets.UTF_8);
        return operation instanceof Operation.Put
                ? command("SET".getBytes(StandardCharsets.US_ASCII), key, OperationWriter.body(operation, true))
                : command("GET".getBytes(StandardCharsets.US_ASCII), key);
    }

    private static byte[] command(byte[]... words) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("*" + words.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        for (byte[] word : words) {
            bytes.writeBytes(("$" + word.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            bytes.writeBytes(word);
            bytes.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    @Override
    public ResponseBytes responses() {
        return new RedisResponseBytes();
    }
}
