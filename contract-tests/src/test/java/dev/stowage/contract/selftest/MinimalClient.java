package dev.stowage.contract.selftest;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Client;
import dev.stowage.contract.call.Response;
import dev.stowage.contract.call.StartBarrier;
import dev.stowage.storage.StoreName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The in-process client of the minimal service, with the flaws that a client can have. */
final class MinimalClient implements Client {

    private final MinimalService service;
    private final String key;
    private final Map<String, Response> shared = new ConcurrentHashMap<>();

    MinimalClient(MinimalService service, String key) {
        this.service = service;
        this.key = key;
    }

    @Override
    public Response call(Call call) {
        StartBarrier.awaitOthers();
        Response response =
                service.call(key, MinimalJson.read(call.store(), call.operation(), MinimalJson.bytes(call)));
        if (!service.flaw.sharesObjects() && response.hasResult()) {
            return new Response(
                    null,
                    response.status(),
                    true,
                    BrokenValues.each(response.result(), value -> value),
                    response.version(),
                    response.ttl(),
                    "");
        }
        if (!service.flaw.sharesObjects() || !call.operation().equals("get") || call.has("fields")) {
            return response;
        }
        return shared.merge(
                call.store() + call.key(),
                response,
                (old, fresh) -> old.version().equals(fresh.version()) ? old : fresh);
    }

    @Override
    public Response update(StoreName store, String recordKey, Updater updater) {
        Map<String, Object> handed = new LinkedHashMap<>();
        try {
            return Client.super.update(store, recordKey, (current, ttl) -> {
                handed.clear();
                handed.putAll(current);
                return updater.update(handed, ttl);
            });
        } catch (RuntimeException failed) {
            if (service.flaw.handsOutItsRecord() && !handed.isEmpty()) {
                call(Call.of(store, "put", "key", recordKey, "value", handed));
            }
            if (service.flaw.wrapsErrors()) {
                throw new IllegalStateException("an updater failed", failed);
            }
            throw failed;
        }
    }
}
