package dev.stowage.contract.selftest;

import static dev.stowage.contract.selftest.BrokenStore.racing;
import static dev.stowage.contract.selftest.BrokenStore.replacingResponse;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Response;
import dev.stowage.contract.model.RecordState;
import dev.stowage.storage.StoreName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Broken stores for chapters 8 to 11. */
final class BrokenInstalls {

    private BrokenInstalls() {}

    private static BrokenStore partitioning(String clause, String does, StoreName broken, boolean allInstalls) {
        return new BrokenStore(clause, does, new Flaw() {
            @Override
            String partition(MinimalService.Install install, StoreName store) {
                return store == broken
                        ? (allInstalls ? "everybody" : "app " + install.app())
                        : super.partition(install, store);
            }
        });
    }

    private static BrokenStore admitting(
            String clause, String does, java.util.function.BiPredicate<String, Call> lenient) {
        return new BrokenStore(clause, does, new Flaw() {
            @Override
            Response admit(MinimalService.Admission right, StoreName store, Call call) {
                return right.refusal() != null && lenient.test(right.refusal().code(), call) ? null : right.refusal();
            }
        });
    }

    static java.util.List<BrokenStore> chapter8() {
        return java.util.List.of(
                partitioning("INST-1", "shares secrets between an app's installs", StoreName.SECRETS, false),
                partitioning("INST-1", "shares settings between an app's installs", StoreName.SETTINGS, false),
                partitioning("INST-1", "shares kvStore between all apps and installs", StoreName.KV_STORE, true),
                new BrokenStore("INST-1", "stores settings and secrets in the same store", new Flaw() {
                    @Override
                    Call replaceCall(Call call) {
                        return call.store() == StoreName.SETTINGS
                                ? new Call(StoreName.SECRETS, call.operation(), call.arguments())
                                : call;
                    }
                }),
                partitioning("INST-2", "shares sharedKvStore between all apps", StoreName.SHARED_KV_STORE, true),
                new BrokenStore("INST-2", "partitions sharedKvStore by install", new Flaw() {
                    @Override
                    String partition(MinimalService.Install install, StoreName store) {
                        return "install " + install.id();
                    }
                }),
                admitting(
                        "INST-3",
                        "lets a global function access the other stores",
                        (code, call) -> code.equals("no_install_context")),
                admitting(
                        "INST-4",
                        "lets an uninstalled install read",
                        (code, call) -> code.equals("install_revoked") && call != null && call.isRead()),
                new BrokenStore("INST-4", "treats the key of an uninstalled install as unknown", new Flaw() {
                    @Override
                    Response admit(MinimalService.Admission right, StoreName store, Call call) {
                        return right.refusal() != null && right.refusal().code().equals("install_revoked")
                                ? Response.refused("unauthenticated", 401, "Who?")
                                : right.refusal();
                    }
                }),
                new BrokenStore("INST-5", "keeps the old data after a reinstall", new Flaw() {
                    @Override
                    String partition(MinimalService.Install install, StoreName store) {
                        return store == StoreName.SHARED_KV_STORE ? super.partition(install, store) : install.account();
                    }
                }),
                new BrokenStore("INST-7", "keeps only the secrets in a reinstall", new Flaw() {
                    @Override
                    String partition(MinimalService.Install install, StoreName store) {
                        return store == StoreName.SECRETS ? install.account() : super.partition(install, store);
                    }
                }),
                admitting(
                        "INST-6",
                        "allows exists without a valid key",
                        (code, call) -> code.equals("unauthenticated")
                                && call != null
                                && call.operation().equals("exists")),
                admitting(
                        "INST-6",
                        "allows access to sharedKvStore without a valid key",
                        (code, call) -> code.equals("unauthenticated")
                                && call != null
                                && call.store() == StoreName.SHARED_KV_STORE));
    }

    static java.util.List<BrokenStore> chapter9() {
        AtomicLong reads = new AtomicLong();
        Map<String, RecordState> previous = new ConcurrentHashMap<>();
        return java.util.List.of(
                new BrokenStore("LIN-1", "loses one write in forty", new Flaw() {
                    @Override
                    boolean loses(long n) {
                        return n % 40 == 0;
                    }
                }),
                racing(
                        "LIN-1",
                        "patches non-atomically",
                        call -> call.operation().equals("patch")),
                racing(
                        "LIN-1",
                        "puts non-atomically",
                        call -> call.operation().equals("put") && !call.has("ifVersion")),
                racing(
                        "LIN-1",
                        "deletes fields non-atomically",
                        call -> call.operation().equals("delete")),
                new BrokenStore("LIN-1", "returns a stale record in one read of thirty", new Flaw() {
                    @Override
                    RecordState after(Call call, RecordState before, RecordState right) {
                        if (!call.isRead()) {
                            previous.put(call.store() + call.key(), before);
                        }
                        return right;
                    }

                    @Override
                    Response replaceResponse(Call call, RecordState before, Response right) {
                        RecordState old = previous.get(call.store() + call.key());
                        return old != null
                                        && call.operation().equals("get")
                                        && !call.has("fields")
                                        && reads.incrementAndGet() % 30 == 0
                                ? Response.of(old.hash()).with(right.version(), right.ttl())
                                : right;
                    }
                }),
                new BrokenStore("LIN-2", "keeps the version if a write changes nothing", new Flaw() {
                    @Override
                    long version(long before, long right, RecordState after) {
                        return after.canonical().hashCode() & 0xffffL;
                    }
                }));
    }

    static java.util.List<BrokenStore> chapters10And11() {
        return java.util.List.of(
                new BrokenStore("PRIV-1", "loses one write of a plugin's object in three", new Flaw() {
                    private final AtomicLong n = new AtomicLong();

                    @Override
                    String document(String apiKey, String context) {
                        return apiKey + " " + context + " " + (n.incrementAndGet() % 3 == 0 ? "other" : "");
                    }
                }),
                new BrokenStore("PRIV-2", "keeps one object for all users", new Flaw() {
                    @Override
                    String document(String apiKey, String context) {
                        return apiKey + " " + (context.startsWith("user") ? "user" : context);
                    }
                }),
                new BrokenStore("PRIV-2", "keeps one object for a user and a workspace", new Flaw() {
                    @Override
                    String document(String apiKey, String context) {
                        return apiKey.equals("settings") ? context : apiKey;
                    }
                }),
                new BrokenStore("PRIV-2", "accepts any context", new Flaw() {
                    @Override
                    Response unknownContext() {
                        return null;
                    }
                }),
                new BrokenStore("PRIV-3", "ignores the key when it looks up a plugin's object", new Flaw() {
                    @Override
                    String document(String apiKey, String context) {
                        return context;
                    }
                }),
                admitting(
                        "PRIV-3",
                        "accepts a plugin's old key",
                        (code, call) -> code.equals("install_revoked") && call == null),
                new BrokenStore("PRIV-4", "returns {} before any set", new Flaw() {
                    @Override
                    String nothingYet() {
                        return "{}";
                    }
                }),
                new BrokenStore("PRIV-5", "keeps one document for a project and its state", new Flaw() {
                    @Override
                    String document(String apiKey, String context) {
                        return apiKey + " " + context.replace("/state/", "/project/");
                    }
                }),
                new BrokenStore("PRIV-5", "keeps one state for all projects", new Flaw() {
                    @Override
                    String document(String apiKey, String context) {
                        return apiKey + " " + context.replaceFirst("/state/.*", "/state");
                    }
                }),
                new BrokenStore("ERR-1", "removes the expiry when it refuses an operation", new Flaw() {
                    @Override
                    boolean dropsTheExpiryWhenItRefuses() {
                        return true;
                    }
                }),
                replacingResponse(
                        "ERR-2",
                        "names neither key nor field in the message of a refusal",
                        (call, before, right) ->
                                right.isRefused() ? Response.refused(right.code(), right.status(), "no") : right));
    }
}
