package dev.stowage.emulator.http.data;

import dev.stowage.emulator.http.exchange.BearerToken;
import dev.stowage.emulator.http.exchange.ClientConnection;
import dev.stowage.emulator.http.exchange.HangUpWatch;
import dev.stowage.emulator.http.exchange.HeapGuard;
import dev.stowage.emulator.http.exchange.RequestBody;
import dev.stowage.emulator.http.exchange.ResponseWriter;
import dev.stowage.emulator.http.exchange.Route;
import dev.stowage.emulator.record.RecordContent.Form;
import dev.stowage.emulator.service.Caller;
import dev.stowage.emulator.service.InstallService;
import dev.stowage.emulator.service.OperationResult;
import dev.stowage.emulator.service.PendingOperation;
import dev.stowage.emulator.service.StorageService;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.operation.Operation;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * {@code POST /v1/{store}/{operation}}: authenticates the caller, reads the operation, executes it and writes the result. It is one
 * route, because 60 routes cost a third more time for each request.
 *
 * <p>An operation occupies no request thread while it is held or delayed, or until its change is durable.
 */
public final class OperationRoute {

    private static final String CONTENT_TYPE = "application/json";
    private static final int RESUMING_THREADS = 4;

    private final InstallService installService;
    private final StorageService service;
    private final Executor resuming = resumingThreads();

    public OperationRoute(InstallService installService, StorageService service) {
        this.installService = installService;
        this.service = service;
    }

    /** Operations that have waited go on here, so that thousands that are released at once delay no other request. */
    private static Executor resumingThreads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                RESUMING_THREADS, RESUMING_THREADS, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "stowage-resumed-operation");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    public List<Route> routes() {
        return List.of(Route.post("/v1/{store}/{operation}", this::execute));
    }

    private void execute(Context ctx) throws IOException {
        Caller caller = installService.authenticate(BearerToken.of(ctx));
        StoreName store = StoreName.of(ctx.pathParam("store")).orElseThrow(OperationRoute::unknownStore);
        caller.partition(store);
        byte[] body = RequestBody.read(ctx);
        Operation operation = OperationReader.read(store, ctx.pathParam("operation"), body);
        if (grows(operation)) {
            HeapGuard.OF_THIS_JVM.requireRoomFor(body.length);
        }
        PendingOperation pending = service.begin(caller, store, operation, Form.JSON, ClientConnection.clientOf(ctx));
        if (!pending.isReady()) {
            ctx.future(() -> resume(ctx, operation, pending));
            return;
        }
        CompletableFuture<OperationResult> result = pending.completeWhenDurable();
        if (result.isDone() && !result.isCompletedExceptionally()) {
            ResponseWriter.write(ctx, CONTENT_TYPE, ResponseBody.write(operation, result.join()));
        } else {
            ctx.future(() -> respond(ctx, operation, result));
        }
    }

    /** True for operations after which the record can be larger. */
    private static boolean grows(Operation operation) {
        return !operation.isRead()
                && !(operation instanceof Operation.Delete)
                && !(operation instanceof Operation.ListTake);
    }

    private CompletableFuture<Void> resume(Context ctx, Operation operation, PendingOperation pending) {
        HangUpWatch watch = HangUpWatch.start(
                ctx, () -> pending.abandon("was held when its caller hung up; it was not carried out."));
        return pending.whenReady(resuming).thenCompose(ready -> {
            watch.stop();
            return respond(ctx, operation, pending.completeWhenDurable());
        });
    }

    private CompletableFuture<Void> respond(
            Context ctx, Operation operation, CompletableFuture<OperationResult> pending) {
        // A refusal, too, is written by one of these threads, and not by the one that writes to the disk.
        return pending.whenCompleteAsync((result, refusal) -> {}, resuming)
                .thenCompose(
                        result -> ResponseWriter.writeAsync(ctx, CONTENT_TYPE, ResponseBody.write(operation, result)));
    }

    private static StorageException unknownStore() {
        return new StorageException(
                ErrorCode.NOT_FOUND, "The store is unknown. Stores: secrets, settings, kvStore, sharedKvStore.");
    }
}
