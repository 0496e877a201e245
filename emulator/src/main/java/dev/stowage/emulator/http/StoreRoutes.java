package dev.stowage.emulator.http;

import dev.stowage.emulator.record.Content.Form;
import dev.stowage.emulator.service.Answer;
import dev.stowage.emulator.service.Caller;
import dev.stowage.emulator.service.Installs;
import dev.stowage.emulator.service.StorageService;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.operation.Operation;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;

/** {@code POST /v1/{store}/{operation}}: who asks, what for, the answer. One route, because sixty cost a third more. */
final class StoreRoutes {

    private final Installs installs;
    private final StorageService service;

    StoreRoutes(Installs installs, StorageService service) {
        this.installs = installs;
        this.service = service;
    }

    List<Route> routes() {
        return List.of(Route.post("/v1/{store}/{operation}", this::execute));
    }

    private void execute(Context ctx) throws IOException {
        Caller caller = installs.authenticate(BearerToken.of(ctx));
        StoreName store = StoreName.of(ctx.pathParam("store")).orElseThrow(StoreRoutes::noStore);
        caller.partition(store);
        Operation operation = OperationReader.read(store, ctx.pathParam("operation"), RequestBody.read(ctx));
        Answer answer = service.execute(caller, store, operation, Form.JSON, Connection.clientOf(ctx));
        Bytes.write(ctx.res(), "application/json", AnswerWriter.write(operation, answer));
    }

    private static StorageException noStore() {
        return new StorageException(
                ErrorCode.NOT_FOUND,
                "There is no such store; the stores are secrets, settings, kvStore and sharedKvStore.");
    }
}
