package dev.stowage.emulator.http.control;

import dev.stowage.emulator.call.CallSummary;
import dev.stowage.emulator.gate.Gate;
import dev.stowage.emulator.gate.HeldOperation;
import dev.stowage.emulator.gate.Hold;
import dev.stowage.emulator.http.exchange.Route;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Holds operations at the gate, tells which ones wait, and releases them in the order that a test chooses. */
public final class HoldRoutes {

    private static final String PATH = "/holds";
    private static final long DEFAULT_DEADLINE_MILLIS = 30_000;
    private static final long MAX_DEADLINE_MILLIS = 600_000;
    private static final Duration RELEASED_WITHIN = Duration.ofSeconds(10);

    private final Gate gate;

    public HoldRoutes(Gate gate) {
        this.gate = gate;
    }

    public List<Route> routes() {
        return List.of(
                ControlRoute.post(PATH)
                        .query("appId")
                        .body("match", "deadlineMs")
                        .handledBy(this::hold),
                ControlRoute.get(PATH).query("appId").handledBy(this::list),
                ControlRoute.delete(PATH).query("appId").handledBy(this::closeAll),
                ControlRoute.get(PATH + "/{holdId}").query("appId").handledBy(this::get),
                ControlRoute.delete(PATH + "/{holdId}").query("appId").handledBy(this::close),
                ControlRoute.post(PATH + "/{holdId}/release")
                        .query("appId")
                        .body("operationId")
                        .handledBy(this::release));
    }

    private Gate gate(ControlRequest request) {
        return request.parameter("appId").map(gate::scopedTo).orElse(gate);
    }

    private void hold(ControlRequest request) throws IOException {
        long deadline =
                request.body().wholeNumber("deadlineMs", 1, MAX_DEADLINE_MILLIS).orElse(DEFAULT_DEADLINE_MILLIS);
        request.respond(write(gate(request).hold(CallMatchJson.readFrom(request.body()), Duration.ofMillis(deadline))));
    }

    private void list(ControlRequest request) throws IOException {
        request.respond(Map.of(
                "holds", gate(request).holds().stream().map(HoldRoutes::write).toList()));
    }

    private void get(ControlRequest request) throws IOException {
        request.respond(write(find(request)));
    }

    private Hold find(ControlRequest request) {
        long holdId = request.pathNumber("holdId");
        return gate(request).holds().stream()
                .filter(hold -> hold.holdId() == holdId)
                .findFirst()
                .orElseThrow(() -> new StorageException(
                        ErrorCode.NOT_FOUND, "The hold " + holdId + " does not exist, or was closed."));
    }

    private void closeAll(ControlRequest request) {
        gate(request).open();
        request.respondNoContent();
    }

    private void close(ControlRequest request) {
        find(request).close();
        request.respondNoContent();
    }

    /** Releases an operation, and responds when it is done. */
    private void release(ControlRequest request) throws IOException {
        Hold hold = find(request);
        long operationId = request.body().requiredWholeNumber("operationId", 1, Long.MAX_VALUE);
        HeldOperation operation = hold.waiting().stream()
                .filter(held -> held.operationId() == operationId)
                .findFirst()
                .orElseThrow(() -> new StorageException(
                        ErrorCode.NOT_FOUND,
                        "The operation " + operationId + " does not wait at the hold " + hold.holdId()
                                + ". It was released, its deadline has passed, or it has not arrived."));
        try {
            operation.releaseAndAwait(RELEASED_WITHIN);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        request.respond(write(hold));
    }

    private static Map<String, Object> write(Hold hold) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("holdId", hold.holdId());
        json.put("match", CallMatchJson.write(hold.match()));
        json.put("deadlineMs", hold.deadline().toMillis());
        json.put("waiting", hold.waiting().stream().map(HoldRoutes::write).toList());
        return json;
    }

    private static Map<String, Object> write(HeldOperation held) {
        CallSummary call = held.call().summary();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("operationId", held.operationId());
        json.put("appId", call.appId());
        call.installId().ifPresent(id -> json.put("installId", id));
        json.put("store", call.store().wireName());
        json.put("operation", call.operation());
        json.put("key", call.key());
        json.put("client", call.client());
        return json;
    }
}
