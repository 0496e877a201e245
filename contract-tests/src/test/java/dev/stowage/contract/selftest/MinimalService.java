package dev.stowage.contract.selftest;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.NoResponseException;
import dev.stowage.contract.call.Response;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.call.WireCodec;
import dev.stowage.contract.model.ExpectedResponse;
import dev.stowage.contract.model.RecordState;
import dev.stowage.contract.model.ReferenceModel;
import dev.stowage.contract.model.UnspecifiedException;
import dev.stowage.storage.StoreName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A minimal correct service with a place for a flaw: the suite is tested on it. The reference model computes its operations; keys, checks, time, versions and installs are implemented here.
 */
final class MinimalService {

    record Install(String id, String app, String apiKey, boolean active, String account) {}

    /** The caller with a key, and the refusal if it has no access. */
    record Admission(Install install, Response refusal) {}

    private record Stored(RecordState state, long version, long expiresAt, long writtenAt, String app) {
        static final Stored NONE = new Stored(RecordState.MISSING, 0, 0, 0, "");
    }

    final Flaw flaw;
    final Map<String, Install> byKey = new ConcurrentHashMap<>();
    final Map<String, String> appKeys = new ConcurrentHashMap<>();
    final Map<String, String> documents = new ConcurrentHashMap<>();
    private final MinimalProcess process = new MinimalProcess();
    private final Map<String, Stored> records = new ConcurrentHashMap<>();
    /** What a restart finds. */
    private final Map<String, Stored> durable = new ConcurrentHashMap<>();

    private final Deque<String> behind = new ConcurrentLinkedDeque<>();
    private final Map<String, Long> moved = new ConcurrentHashMap<>();
    private final AtomicLong versions = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong ids = new AtomicLong();

    MinimalService(Flaw flaw) {
        this.flaw = flaw;
    }

    Install install(String app) {
        return install(app, "account " + ids.get());
    }

    /** The same app in the same account again, with a new key. */
    Install reinstall(Install old) {
        MinimalProcess.Request request = process.begin();
        if (flaw.uninstallSteps() == Flaw.UninstallSteps.REVOKE_THEN_INSTALL) {
            request.step(() -> end(old));
            request.pause();
            return request.respond(request.step(() -> install(old.app(), old.account())));
        }
        erase(old, request);
        if (flaw.losesCallsInProgress()) {
            request.pause();
        }
        Install next = request.step(() -> {
            end(old);
            return install(old.app(), old.account());
        });
        if (flaw.keepsCallsInProgress()) {
            request.pause();
        }
        return request.respond(next);
    }

    /** Kills the service and starts it again with what is durable. */
    void restart() {
        process.restart(() -> {
            records.clear();
            durable.forEach((spot, stored) -> records.put(
                    spot,
                    new Stored(
                            flaw.restore(stored.state()),
                            stored.version(),
                            flaw.restoreExpiry(
                                    stored.expiresAt(), stored.writtenAt(), moved.getOrDefault(stored.app(), 0L)),
                            stored.writtenAt(),
                            stored.app())));
            behind.clear();
            long highest = records.values().stream()
                    .filter(stored -> !stored.state().isMissing())
                    .mapToLong(Stored::version)
                    .max()
                    .orElse(0);
            versions.set(flaw.restoreVersions(versions.get(), highest));
            byKey.values().removeIf(install -> flaw.restore(install) == null);
            byKey.replaceAll((key, install) -> flaw.restore(install));
            if (flaw.forgetsClocks()) {
                moved.clear();
            }
            if (flaw.forgetsDocuments()) {
                documents.clear();
            }
        });
    }

    private Install install(String app, String account) {
        long id = ids.incrementAndGet();
        Install install = new Install("" + id, app, "Key" + id + "of" + app, true, account);
        byKey.put(install.apiKey(), install);
        return install;
    }

    /** The number of existing records. */
    long recordCount() {
        return records.values().stream()
                .filter(stored -> !stored.state().isMissing())
                .count();
    }

    String appKey(String app) {
        appKeys.put("AppKeyOf" + app, app);
        return "AppKeyOf" + app;
    }

    void uninstall(Install install) {
        MinimalProcess.Request request = process.begin();
        erase(install, request);
        request.respond(request.step(() -> end(install)));
    }

    private Install end(Install install) {
        Install ended = new Install(install.id(), install.app(), install.apiKey(), false, install.account());
        byKey.put(install.apiKey(), ended);
        return ended;
    }

    /** With the flaw that the records are erased before the key is revoked. */
    private void erase(Install install, MinimalProcess.Request request) {
        if (flaw.uninstallSteps() == Flaw.UninstallSteps.ERASE_THEN_REVOKE) {
            String partition = flaw.partition(install, StoreName.KV_STORE) + " " + StoreName.KV_STORE + " ";
            request.step(() -> records.keySet().removeIf(spot -> spot.startsWith(partition))
                    | durable.keySet().removeIf(spot -> spot.startsWith(partition)));
            request.pause();
        }
    }

    /** The last active install of the app; null if there is none. */
    Install activeInstall(String app) {
        return byKey.values().stream()
                .filter(install -> install.app().equals(app) && install.active())
                .max(Comparator.comparingLong(install -> Long.parseLong(install.id())))
                .orElse(null);
    }

    void advance(String app, long seconds) {
        moved.merge(app, seconds, Long::sum);
    }

    Admission admission(String key, StoreName store) {
        Install install = key == null ? null : byKey.get(key);
        if (install != null) {
            return new Admission(
                    install, install.active() ? null : Response.refused("install_revoked", 401, "It has ended."));
        }
        String app = key == null ? null : appKeys.get(key);
        if (app == null) {
            return new Admission(null, Response.refused("unauthenticated", 401, "Nobody has this key."));
        }
        Install function = new Install("function", app, key, true, "none");
        return new Admission(
                function,
                store == StoreName.SHARED_KV_STORE
                        ? null
                        : Response.refused("no_install_context", 403, "There is no install."));
    }

    Response call(String key, Call original) {
        MinimalProcess.Request request = process.begin();
        if (flaw.losesCallsInProgress()) {
            request.pause();
        }
        Call call = flaw.replaceCall(original);
        Response response = call(key, call, request);
        if (flaw.keepsCallsInProgress() || flaw.repeatsLostCalls()) {
            request.pause();
        }
        try {
            return request.respond(response);
        } catch (NoResponseException killed) {
            if (!flaw.repeatsLostCalls()) {
                throw killed;
            }
            return call(key, call, process.begin());
        }
    }

    private Response call(String key, Call call, MinimalProcess.Request request) {
        Admission admission = admission(key, call.store());
        Response refusal = flaw.admit(admission, call.store(), call);
        if (refusal != null) {
            return refusal;
        }
        Install install =
                admission.install() == null ? byKey.values().iterator().next() : admission.install();
        Response wrong = flaw.check(call, RequestChecks.refusal(call));
        if (wrong != null) {
            return wrong;
        }
        String spot =
                flaw.partition(install, call.store()) + " " + call.store() + " " + flaw.key(call.store(), call.key());
        if (flaw.hasAGap(call)) {
            Stored before = records.getOrDefault(spot, Stored.NONE);
            Response[] response = new Response[1];
            Stored after = apply(call, before, install.app(), response);
            for (int i = 0; i < 3; i++) {
                Thread.yield();
            }
            if (after != before) {
                records.put(spot, after);
                durable.put(spot, after);
            }
            return response[0];
        }
        beginHalfway(call, spot, request);
        Response[] response = new Response[1];
        boolean inOneStep = !flaw.showsBeforeDurable(call);
        request.step(() -> records.compute(spot, (name, stored) -> {
            Stored before = stored == null ? Stored.NONE : stored;
            Stored after = apply(call, before, install.app(), response);
            if (inOneStep && after != before && flaw.isDurable(call)) {
                makeDurable(spot, after);
            }
            return after;
        }));
        if (!inOneStep) {
            request.pause();
            request.step(() -> records.computeIfPresent(spot, (name, stored) -> {
                makeDurable(spot, stored);
                return stored;
            }));
        }
        return response[0];
    }

    /** Makes a part of the write durable, with the flaw that a call is carried out in several steps. */
    private void beginHalfway(Call call, String spot, MinimalProcess.Request request) {
        Stored before = records.getOrDefault(spot, Stored.NONE);
        RecordState halfway = flaw.halfway(call, before.state());
        if (halfway != null) {
            request.step(() -> durable.put(spot, new Stored(halfway, before.version(), 0, 0, "")));
            request.pause();
        }
    }

    private void makeDurable(String spot, Stored stored) {
        if (flaw.writesBehind() == 0) {
            durable.put(spot, stored);
            return;
        }
        behind.add(spot);
        while (behind.size() > flaw.writesBehind()) {
            String first = behind.poll();
            Stored written = first == null ? null : first.equals(spot) ? stored : records.get(first);
            if (written != null) {
                durable.put(first, written);
            }
        }
    }

    private Stored apply(Call call, Stored stored, String app, Response[] response) {
        long now = moved.getOrDefault(app, 0L);
        boolean expired = stored.expiresAt() > 0 && flaw.isExpired(call, stored.expiresAt(), now);
        Stored before = expired ? Stored.NONE : stored;
        if (call.argument("ifVersion") instanceof Number asked
                && !flaw.isCurrent(asked.longValue(), before.version())) {
            response[0] = Response.refused("version_conflict", 409, "Another version is current.");
            return stored;
        }
        Outcome outcome = outcome(before.state(), call);
        Response right = call.operation().equals("get") && !outcome.response().isRefused()
                ? outcome.response()
                        .with(
                                OptionalLong.of(before.version()),
                                before.expiresAt() > 0
                                        ? OptionalLong.of(before.expiresAt() - now)
                                        : OptionalLong.empty())
                : outcome.response();
        RecordState after = right.isRefused()
                ? flaw.afterRefusal(call, before.state())
                : flaw.after(call, before.state(), outcome.after());
        if (after.fields() != null && !after.equals(before.state()) && isTooLarge(call, after)) {
            response[0] = Response.refused("record_too_large", 413, "It would be too large.");
            return stored;
        }
        response[0] = flaw.replaceResponse(call, before.state(), right);
        if (right.isRefused() && flaw.dropsTheExpiryWhenItRefuses()) {
            return new Stored(before.state(), before.version(), 0, now, app);
        }
        if (after.equals(before.state()) && !call.operation().matches("put|patch|increment.*")) {
            return stored;
        }
        if (right.isRefused() && after.equals(before.state()) || flaw.loses(writes.incrementAndGet())) {
            return stored;
        }
        long version = after.isMissing() ? 0 : flaw.version(before.version(), versions.incrementAndGet(), after);
        long expiresAt = flaw.expiresAt(
                call, before.expiresAt(), after.isMissing() ? 0 : expiresAt(call, before.expiresAt(), now), now);
        return new Stored(after, version, expiresAt, now, app);
    }

    private static long expiresAt(Call call, long before, long now) {
        if (call.argument("ttl") instanceof Number ttl) {
            return now + ttl.longValue();
        }
        boolean keeps = !call.operation().equals("put") || Boolean.TRUE.equals(call.argument("keepTtl"));
        return keeps && !call.has("ttl") ? before : 0;
    }

    private boolean isTooLarge(Call call, RecordState after) {
        int bytes = WireCodec.json(after.hash()).getBytes(StandardCharsets.UTF_8).length
                + WireCodec.json(call.key()).getBytes(StandardCharsets.UTF_8).length;
        return flaw.isTooLarge(call.key(), after.hash(), bytes);
    }

    private record Outcome(RecordState after, Response response) {}

    /** The outcome in the reference model; where it is unspecified, the choice of this service. */
    private static Outcome outcome(RecordState before, Call call) {
        ExpectedResponse expected;
        try {
            expected = ReferenceModel.apply(before, call);
        } catch (UnspecifiedException left) {
            return decided(before, call);
        }
        return new Outcome(expected.after(), ResponseFactory.find(before, call, expected));
    }

    /** The unspecified cases: PUT-3 and SET-6 as in the emulator, and null as a value without a type. */
    private static Outcome decided(RecordState before, Call call) {
        switch (call.operation()) {
            case "put" -> {
                Object previous = call.store().isKeyValue() ? before.hash() : (Object) true;
                return new Outcome(RecordState.of(Map.of()), Response.of(previous));
            }
            case "patch" -> {
                return new Outcome(RecordState.of(before.hash()), Response.of(before.hash()));
            }
            case "exists" -> {
                return new Outcome(before, Response.of(true));
            }
            case "peek" -> {
                return new Outcome(before, Response.nothing());
            }
            case "peekMulti" -> {
                Map<String, Object> none = new LinkedHashMap<>();
                ((Map<?, ?>) call.argument("counts")).keySet().forEach(field -> none.put("" + field, List.of()));
                return new Outcome(before, Response.of(none));
            }
            default -> {
                return new Outcome(before, Response.refused("wrong_type", 409, "Cannot operate on that."));
            }
        }
    }

    /** A mutable copy of the hash. */
    static Map<String, Object> copy(RecordState state) {
        return new LinkedHashMap<>(state.hash());
    }

    static List<Object> list(Object... elements) {
        return new ArrayList<>(SuiteValues.list(elements));
    }

    static SetValue set(SetValue.Kind kind, List<?> members) {
        return new SetValue(kind, members);
    }

    static Map<String, Object> map() {
        return new HashMap<>();
    }
}
