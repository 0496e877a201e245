package dev.stowage.contract.selftest;

import static dev.stowage.contract.selftest.BrokenStore.answering;
import static dev.stowage.contract.selftest.BrokenStore.racing;

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

    private static BrokenStore partitioning(String clause, String does, StoreName broken, boolean everybody) {
        return new BrokenStore(clause, does, new Flaw() {
            @Override
            String partition(MinimalService.Install install, StoreName store) {
                return store == broken
                        ? (everybody ? "everybody" : "app " + install.app())
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
                partitioning("INST-1", "shares the secrets of an app's installs", StoreName.SECRETS, false),
                partitioning("INST-1", "shares the settings of an app's installs", StoreName.SETTINGS, false),
                partitioning("INST-1", "shares kvStore with everybody", StoreName.KV_STORE, true),
                new BrokenStore("INST-1", "keeps settings and secrets in one place", new Flaw() {
                    @Override
                    Call asked(Call call) {
                        return call.store() == StoreName.SETTINGS
                                ? new Call(StoreName.SECRETS, call.operation(), call.arguments())
                                : call;
                    }
                }),
                partitioning("INST-2", "shares sharedKvStore with everybody", StoreName.SHARED_KV_STORE, true),
                new BrokenStore("INST-2", "shares sharedKvStore with nobody", new Flaw() {
                    @Override
                    String partition(MinimalService.Install install, StoreName store) {
                        return "install " + install.id();
                    }
                }),
                admitting(
                        "INST-3",
                        "lets a global function into the other stores",
                        (code, call) -> code.equals("no_install_context")),
                admitting(
                        "INST-4",
                        "lets an install read that has ended",
                        (code, call) -> code.equals("install_revoked") && call != null && call.isRead()),
                new BrokenStore("INST-4", "takes the key of an ended install for an unknown one", new Flaw() {
                    @Override
                    Response admit(MinimalService.Admission right, StoreName store, Call call) {
                        return right.refusal() != null && right.refusal().code().equals("install_revoked")
                                ? Response.refused("unauthenticated", 401, "Who?")
                                : right.refusal();
                    }
                }),
                new BrokenStore("INST-5", "finds the old data after a reinstall", new Flaw() {
                    @Override
                    String partition(MinimalService.Install install, StoreName store) {
                        return store == StoreName.SHARED_KV_STORE ? super.partition(install, store) : install.account();
                    }
                }),
                new BrokenStore("INST-7", "keeps the secrets in a reinstall, and nothing else", new Flaw() {
                    @Override
                    String partition(MinimalService.Install install, StoreName store) {
                        return store == StoreName.SECRETS ? install.account() : super.partition(install, store);
                    }
                }),
                admitting(
                        "INST-6",
                        "lets anybody ask whether a record exists",
                        (code, call) -> code.equals("unauthenticated")
                                && call != null
                                && call.operation().equals("exists")),
                admitting(
                        "INST-6",
                        "lets anybody into sharedKvStore",
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
                racing("LIN-1", "patches with a gap", call -> call.operation().equals("patch")),
                racing("LIN-1", "puts with a gap", call -> call.operation().equals("put") && !call.has("ifVersion")),
                racing(
                        "LIN-1",
                        "deletes fields with a gap",
                        call -> call.operation().equals("delete")),
                new BrokenStore("LIN-1", "answers one read in thirty from before the last write", new Flaw() {
                    @Override
                    RecordState after(Call call, RecordState before, RecordState right) {
                        if (!call.isRead()) {
                            previous.put(call.store() + call.key(), before);
                        }
                        return right;
                    }

                    @Override
                    Response answer(Call call, RecordState before, Response right) {
                        RecordState old = previous.get(call.store() + call.key());
                        return old != null
                                        && call.operation().equals("get")
                                        && !call.has("fields")
                                        && reads.incrementAndGet() % 30 == 0
                                ? Response.of(old.hash()).with(right.version(), right.ttl())
                                : right;
                    }
                }),
                new BrokenStore("LIN-2", "keeps the version where a write changes nothing", new Flaw() {
                    @Override
                    long version(long before, long right, RecordState after) {
                        return after.canonical().hashCode() & 0xffffL;
                    }
                }));
    }

    static java.util.List<BrokenStore> chapters10And11() {
        return java.util.List.of(
                new BrokenStore("PRIV-1", "keeps a plugin's first object", new Flaw() {
                    private final AtomicLong n = new AtomicLong();

                    @Override
                    String document(String apiKey, String context) {
                        return apiKey + " " + context + " " + (n.incrementAndGet() % 3 == 0 ? "other" : "");
                    }
                }),
                new BrokenStore("PRIV-2", "has one object for all users", new Flaw() {
                    @Override
                    String document(String apiKey, String context) {
                        return apiKey + " " + (context.startsWith("user") ? "user" : context);
                    }
                }),
                new BrokenStore("PRIV-2", "has one object for a user and a workspace", new Flaw() {
                    @Override
                    String document(String apiKey, String context) {
                        return apiKey.equals("settings") ? context : apiKey;
                    }
                }),
                new BrokenStore("PRIV-3", "finds a plugin's object without its key", new Flaw() {
                    @Override
                    String document(String apiKey, String context) {
                        return context;
                    }
                }),
                admitting(
                        "PRIV-3",
                        "lets a plugin's old key in",
                        (code, call) -> code.equals("install_revoked") && call == null),
                new BrokenStore("PRIV-4", "answers {} before any set", new Flaw() {
                    @Override
                    String nothingYet() {
                        return "{}";
                    }
                }),
                new BrokenStore("PRIV-5", "has one document for a project and its state", new Flaw() {
                    @Override
                    String document(String apiKey, String context) {
                        return apiKey + " " + context.replace("/state/", "/project/");
                    }
                }),
                new BrokenStore("PRIV-5", "has one state for all projects", new Flaw() {
                    @Override
                    String document(String apiKey, String context) {
                        return apiKey + " " + context.replaceFirst("/state/.*", "/state");
                    }
                }),
                new BrokenStore("ERR-1", "drops the expiry when it refuses", new Flaw() {
                    @Override
                    boolean dropsTheExpiryWhenItRefuses() {
                        return true;
                    }
                }),
                answering(
                        "ERR-2",
                        "says what a secret is when it refuses",
                        (call, before, right) ->
                                right.isRefused() ? Response.refused(right.code(), right.status(), "no") : right));
    }
}
