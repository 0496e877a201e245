package dev.stowage.emulator.http.data;

import dev.stowage.emulator.http.exchange.BearerToken;
import dev.stowage.emulator.http.exchange.BodyHeaders;
import dev.stowage.emulator.http.exchange.ClientConnection;
import dev.stowage.emulator.http.exchange.HangUpWatch;
import dev.stowage.emulator.http.exchange.HeapGuard;
import dev.stowage.emulator.http.exchange.HttpExchange;
import dev.stowage.emulator.http.exchange.RequestBody;
import dev.stowage.emulator.record.FutureResult;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/{store}/{operation}}: authenticates the caller, reads the operation, executes it and writes the result. It stands
 * before the servlet that serves everything else, as the way through that takes longer than an operation.
 *
 * <p>An operation occupies no request thread while it is held or delayed, or until its change is durable.
 */
public final class OperationHandler extends Handler.Wrapper {

    private static final String CONTENT_TYPE = "application/json";
    private static final int RESUMING_THREADS = 4;
    private static final int WAITING_THREADS = 64;
    private static final int LARGE_BYTES = 16 * 1024;

    private final InstallService installService;
    private final StorageService service;
    /** Operations that have waited go on here, so that thousands that are released at once delay no other request. */
    private final Executor resuming = threads(RESUMING_THREADS, "stowage-resumed-operation");
    /** Operations that may have to wait again go on here: for a shared store that has refused them, or for a watcher. */
    private final Executor waiting = threads(WAITING_THREADS, "stowage-waiting-operation");

    /** @param next serves all other requests */
    public OperationHandler(InstallService installService, StorageService service, Handler next) {
        super(next);
        this.installService = installService;
        this.service = service;
    }

    private static Executor threads(int most, String name) {
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(most, most, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /**
     * Returns which requests this handler serves without a thread that waits for anything. They need none of their own: the thread that has
     * read them from the connection serves them, which takes less time than to wake another one. A large body takes longer.
     */
    public static Predicate<Request> withoutWaiting(StorageService service) {
        return request -> OperationPath.of(request) != null
                && RequestBody.length(request) <= LARGE_BYTES
                && !service.mayWait(() -> keyOf(request));
    }

    private static String keyOf(Request request) {
        return BearerToken.in(request.getHeaders().get(HttpHeader.AUTHORIZATION));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        OperationPath path = OperationPath.of(request);
        if (path == null) {
            return super.handle(request, response, callback);
        }
        HttpExchange exchange = new HttpExchange(request, response, callback);
        try {
            execute(exchange, path);
        } catch (RuntimeException | Error problem) {
            exchange.fail(problem);
        }
        return true;
    }

    private void execute(HttpExchange exchange, OperationPath path) {
        BodyHeaders.checkNotCompressed(exchange.header(HttpHeader.CONTENT_ENCODING));
        String key = keyOf(exchange.request());
        execute(exchange, path, key, installService.callerOf(key));
    }

    private void execute(HttpExchange exchange, OperationPath path, String key, Caller caller) {
        Consumer<Throwable> refused = service.isShared()
                ? problem -> waiting.execute(() -> executeAgain(exchange, path, key, caller, problem))
                : exchange::fail;
        try {
            execute(exchange, path, caller, refused);
        } catch (StorageException refusal) {
            refused.accept(refusal);
        }
    }

    private void execute(HttpExchange exchange, OperationPath path, Caller caller, Consumer<Throwable> refused) {
        StoreName store = StoreName.of(path.store()).orElseThrow(OperationHandler::unknownStore);
        caller.partition(store);
        byte[] body = RequestBody.read(exchange.request());
        Operation operation = OperationReader.read(store, path.operation(), body);
        if (grows(operation)) {
            HeapGuard.OF_THIS_JVM.requireRoomFor(body.length);
        }
        PendingOperation pending =
                service.begin(caller, store, operation, Form.JSON, ClientConnection.clientOf(exchange.request()));
        if (pending.isReady()) {
            complete(exchange, operation, pending, refused);
        } else {
            resume(exchange, operation, pending);
        }
    }

    /** An operation on a shared store that was refused is executed again, if its key stands for another caller by now. */
    private void executeAgain(HttpExchange exchange, OperationPath path, String key, Caller caller, Throwable problem) {
        try {
            if (FutureResult.causeOf(problem) instanceof StorageException refusal) {
                execute(exchange, path, key, installService.callerAfter(refusal, key, caller));
            } else {
                exchange.fail(problem);
            }
        } catch (RuntimeException | Error last) {
            exchange.fail(last);
        }
    }

    /** True for operations after which the record can be larger. */
    private static boolean grows(Operation operation) {
        return !operation.isRead()
                && !(operation instanceof Operation.Delete)
                && !(operation instanceof Operation.ListTake);
    }

    private void complete(
            HttpExchange exchange, Operation operation, PendingOperation pending, Consumer<Throwable> refused) {
        // The thread that uses the store writes no responses.
        CompletableFuture<OperationResult> result = pending.completeLater(exchange.readingThread(), waiting);
        if (result.isDone() && !result.isCompletedExceptionally()) {
            respond(exchange, operation, result.join());
        } else {
            var unused = result.whenComplete((done, problem) -> end(exchange, operation, done, problem, refused));
        }
    }

    private void resume(HttpExchange exchange, Operation operation, PendingOperation pending) {
        // It waits as long as a test lets it wait.
        exchange.request().addIdleTimeoutListener(idle -> false);
        HangUpWatch watch = HangUpWatch.start(
                exchange.request(), () -> pending.abandon("was held when its caller hung up; it was not carried out."));
        var unused = pending.whenReady(resuming).thenRun(() -> {
            watch.stop();
            try {
                complete(exchange, operation, pending, exchange::fail);
            } catch (RuntimeException | Error problem) {
                exchange.fail(problem);
            }
        });
    }

    private static void end(
            HttpExchange exchange,
            Operation operation,
            @Nullable OperationResult done,
            @Nullable Throwable problem,
            Consumer<Throwable> refused) {
        try {
            if (done != null) {
                respond(exchange, operation, done);
            } else if (problem != null) {
                refused.accept(problem);
            }
        } catch (RuntimeException | Error unable) {
            exchange.fail(unable);
        }
    }

    private static void respond(HttpExchange exchange, Operation operation, OperationResult result) {
        exchange.respond(CONTENT_TYPE, ResponseBody.write(operation, result));
    }

    private static StorageException unknownStore() {
        return new StorageException(
                ErrorCode.NOT_FOUND, "The store is unknown. Stores: secrets, settings, kvStore, sharedKvStore.");
    }
}
