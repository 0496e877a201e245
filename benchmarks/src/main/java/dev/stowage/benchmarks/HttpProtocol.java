package dev.stowage.benchmarks;

import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.wire.OperationWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The storage API over HTTP. */
final class HttpProtocol implements Protocol {

    @Override
    public boolean has(Operation operation) {
        return true;
    }

    @Override
    public byte[] request(ServerProcess server, Operation operation) {
        byte[] body = OperationWriter.body(operation, true);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("POST /v1/kvStore/" + operation.name() + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.port()
                        + "\r\nAuthorization: Bearer " + server.key()
                        + "\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    @Override
    public ResponseBytes responses() {
        return new HttpResponseBytes();
    }
}
