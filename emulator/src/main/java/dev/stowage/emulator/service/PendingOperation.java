package dev.stowage.emulator.service;

import dev.stowage.emulator.call.Call;
import dev.stowage.emulator.fault.MatchedFault;
import dev.stowage.emulator.gate.HeldOperation;
import dev.stowage.emulator.record.FutureResult;
import dev.stowage.emulator.record.RecordContent.Form;
import dev.stowage.emulator.watch.Watcher;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An operation from its arrival to its end. It can have to wait twice: at the gate, until a test releases it, and then for a delay
 * that a fault injects. It occupies no thread while it waits, unless its caller blocks.
 *
 * <p>A pending operation is used by one thread at a time; {@link #abandon} can be called by any thread.
 */
public final class PendingOperation {

    private final StorageService service;
    private final Caller caller;
    private final Call call;
    private final Form form;
    private final Watcher watcher;
    private final Optional<HeldOperation> held;
    private @Nullable JournalRecorder recorder;
    private Optional<MatchedFault> fault = Optional.empty();
    private @Nullable StorageException refusal;
    private volatile @Nullable CompletableFuture<Void> delay;

    PendingOperation(
            StorageService service,
            Caller caller,
            Call call,
            Form form,
            Watcher watcher,
            Optional<HeldOperation> held) {
        this.service = service;
        this.caller = caller;
        this.call = call;
        this.form = form;
        this.watcher = watcher;
        this.held = held;
        if (held.isEmpty() || held.get().wasReleased()) {
            passGate();
        }
    }

    /** Whether {@link #complete} can be called now, because there is nothing to wait for. */
    public boolean isReady() {
        return recorder != null && delay == null;
    }

    /**
     * Completes when {@link #complete} can be called, on this executor or on the thread that has released it. Never fails.
     */
    public CompletableFuture<Void> whenReady(Executor executor) {
        return held.map(operation -> operation
                        .turn(executor)
                        .handle((released, problem) -> {
                            gateOpened(problem);
                            return null;
                        })
                        .thenCompose(passed -> afterDelay(executor)))
                .orElseGet(() -> afterDelay(executor));
    }

    private CompletableFuture<Void> afterDelay(Executor executor) {
        CompletableFuture<Void> wait = delay;
        return wait == null
                ? CompletableFuture.completedFuture(null)
                : wait.handleAsync((over, problem) -> null, executor);
    }

    /** Blocks until {@link #complete} can be called. */
    void awaitReady() {
        try {
            if (held.isPresent()) {
                held.get()
                        .turn(HeldOperation.HERE)
                        .handle((released, problem) -> {
                            gateOpened(problem);
                            return null;
                        })
                        .get();
            }
            CompletableFuture<Void> wait = delay;
            if (wait != null) {
                wait.get();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            abandon("was interrupted while it was held.");
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void gateOpened(@Nullable Throwable problem) {
        if (recorder != null || refusal != null) {
            return;
        }
        if (problem == null) {
            passGate();
        } else {
            Throwable cause = problem.getCause() == null ? problem : problem.getCause();
            refusal = cause instanceof StorageException refused
                    ? refused
                    : new StorageException(ErrorCode.INTERNAL, "The gate failed.", cause);
        }
    }

    /** Beyond the gate the operation is recorded in the journal, and faults are injected. */
    private void passGate() {
        JournalRecorder made = service.recorderOf(call);
        recorder = made;
        try {
            fault = service.matchFault(caller, made);
            delay = fault.flatMap(service::startDelay).orElse(null);
        } catch (StorageException refused) {
            refusal = refused;
        }
    }

    /**
     * Nobody waits for the operation any longer, for example because its caller hung up. If it is held, it is refused; if it is
     * delayed, it is carried out now, as an operation whose caller has gone.
     */
    public void abandon(String why) {
        held.ifPresent(operation -> operation.abandon(why));
        CompletableFuture<Void> wait = delay;
        if (wait != null) {
            wait.complete(null);
        }
    }

    /**
     * Executes the operation, as {@link #complete} does. No thread waits for the store, or until the result is durable.
     *
     * @param quick runs what follows on the store's work. It may not be blocked
     * @param blocking runs what may wait: what follows on a refusal, which can read the store again, and watchers
     * @return the result, when it is durable; fails with the refusal or loss, or with {@link
     *     dev.stowage.emulator.record.OutcomeUnknownException} if it is not known whether the change will be. Completes on one of the two
     *     executors, unless it is completed already
     * @throws StorageException if the operation is refused and there is nothing to wait for
     * @throws ResponseLossException if a fault loses the request or the response and there is nothing to wait for
     */
    public CompletableFuture<OperationResult> completeLater(Executor quick, Executor blocking) {
        JournalRecorder made = recorder;
        if (made != null && refusal == null && fault.isEmpty() && service.isShared()) {
            return completeShared(made, quick, blocking);
        }
        CompletableFuture<OperationResult> result = service.whenDurable(this::complete);
        return result.isDone() && !result.isCompletedExceptionally()
                ? result
                : result.whenCompleteAsync((done, problem) -> {}, quick);
    }

    private CompletableFuture<OperationResult> completeShared(JournalRecorder made, Executor quick, Executor blocking) {
        CompletableFuture<Supplier<OperationResult>> steps = service.executeLater(caller, made, form);
        Supplier<OperationResult> execution =
                () -> service.end(caller, made, () -> FutureResult.of(steps).get());
        CompletableFuture<OperationResult> result = new CompletableFuture<>();
        var unused = steps.whenComplete((end, problem) -> {
            Executor thread = problem == null && !service.isWatched() ? quick : blocking;
            result.completeAsync(() -> complete(() -> recorded(made, execution)), thread);
        });
        return result;
    }

    /**
     * Executes the operation. To be called once, when it is ready.
     *
     * @throws StorageException if the operation is refused; nothing has changed then (ERR-1)
     * @throws ResponseLossException if a fault loses the request or the response
     */
    public OperationResult complete() {
        return complete(this::recorded);
    }

    private OperationResult complete(Supplier<OperationResult> execution) {
        try {
            OperationResult result = execution.get();
            watcher.done(call, () -> Optional.of(DirectReply.of(result)));
            return result;
        } catch (ResponseLossException loss) {
            if (loss.kind().wasCarriedOut()) {
                watcher.done(call, Optional::empty);
            } else {
                watcher.refused(call);
            }
            throw loss;
        } catch (StorageException refused) {
            watcher.refused(call);
            throw refused;
        } finally {
            held.ifPresent(HeldOperation::finish);
        }
    }

    private OperationResult recorded() {
        JournalRecorder made = recorder;
        if (made == null) {
            // The gate did not let it pass.
            throw refusal == null ? new IllegalStateException(call + " is not ready") : refusal;
        }
        return recorded(made, () -> {
            if (refusal != null) {
                throw refusal;
            }
            return service.execute(caller, made, form, fault);
        });
    }

    private OperationResult recorded(JournalRecorder made, Supplier<OperationResult> execution) {
        try {
            return execution.get();
        } catch (StorageException refused) {
            made.refused(refused.code());
            throw refused;
        } finally {
            made.write(service.clockOf(call));
        }
    }
}
