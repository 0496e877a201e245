package dev.stowage.contract.checked;

import dev.stowage.contract.call.Answer;
import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Client;
import dev.stowage.contract.call.StartingLine;
import dev.stowage.storage.StoreName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A small service's own client, flawed where a client can be. */
final class SmallClient implements Client {

    private final SmallService service;
    private final String key;
    private final Map<String, Answer> shared = new ConcurrentHashMap<>();

    SmallClient(SmallService service, String key) {
        this.service = service;
        this.key = key;
    }

    @Override
    public Answer call(Call call) {
        StartingLine.await();
        Answer answer = service.call(key, SmallJson.read(call.store(), call.operation(), SmallJson.bytes(call)));
        if (!service.flaw.sharesObjects() && answer.hasResult()) {
            return new Answer(
                    null,
                    answer.status(),
                    true,
                    BrokenValues.each(answer.result(), value -> value),
                    answer.version(),
                    answer.ttl(),
                    "");
        }
        if (!service.flaw.sharesObjects() || !call.operation().equals("get") || call.has("fields")) {
            return answer;
        }
        return shared.merge(
                call.store() + call.key(), answer, (old, fresh) -> old.version().equals(fresh.version()) ? old : fresh);
    }

    @Override
    public Answer update(StoreName store, String recordKey, Updater updater) {
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
