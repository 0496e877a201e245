package dev.stowage.emulator.http.data;

import dev.stowage.emulator.http.exchange.BearerToken;
import dev.stowage.emulator.http.exchange.ClientConnection;
import dev.stowage.emulator.http.exchange.RequestBody;
import dev.stowage.emulator.http.exchange.ResponseWriter;
import dev.stowage.emulator.http.exchange.Route;
import dev.stowage.emulator.record.RecordContent.Form;
import dev.stowage.emulator.service.Caller;
import dev.stowage.emulator.service.InstallService;
import dev.stowage.emulator.service.OperationResult;
import dev.stowage.emulator.service.StorageService;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.operation.Operation;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;

/**
 * Executes {@code POST /v1/{store}/{operation}}. One route serves all operations, because sixty routes made a request a third
 * slower.
 */
public final class OperationRoute {

    private final InstallService installService;
    private final StorageService service;

    public OperationRoute(InstallService installService, StorageService service) {
        this.installService = installService;
        this.service = service;
    }

    public List<Route> routes() {
        return List.of(Route.post("/v1/{store}/{operation}", this::execute));
    }

    private void execute(Context ctx) throws IOException {
        Caller caller = installService.authenticate(BearerToken.of(ctx));
        StoreName store = StoreName.of(ctx.pathParam("store")).orElseThrow(OperationRoute::unknownStore);
        caller.partition(store);
        Operation operation = OperationReader.read(store, ctx.pathParam("operation"), RequestBody.read(ctx));
        OperationResult operationResult =
                service.execute(caller, store, operation, Form.JSON, ClientConnection.clientOf(ctx));
        ResponseWriter.write(ctx.res(), "application/json", ResponseBody.write(operation, operationResult));
    }

    private static StorageException unknownStore() {
        return new StorageException(
                ErrorCode.NOT_FOUND, "The store is unknown. Stores: secrets, settings, kvStore, sharedKvStore.");
    }
}
