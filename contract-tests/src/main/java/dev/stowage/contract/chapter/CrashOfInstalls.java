package dev.stowage.contract.chapter;

import dev.stowage.contract.backend.AppUnderTest;
import dev.stowage.contract.backend.InstallUnderTest;
import dev.stowage.contract.call.NoResponseException;
import dev.stowage.contract.call.NotCheckableException;
import dev.stowage.contract.call.StartBarrier;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.generator.Generator;
import dev.stowage.contract.property.Principal;
import dev.stowage.contract.property.Principal.KeySource;
import dev.stowage.contract.property.ResponseAssert;
import dev.stowage.contract.property.Trial;
import dev.stowage.storage.StoreName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reinstalls and uninstalls several apps again and again while the backend is killed, and judges each app after the start. */
final class CrashOfInstalls {

    private static final int APPS = 6;
    private static final int MOST_ROUNDS = 200;
    private static final long MOST_SECONDS = 15;
    private static final Generator<Integer> RESPONSES = Generator.integers(15, 120);
    private static final List<StoreName> PARTITIONED =
            List.of(StoreName.KV_STORE, StoreName.SETTINGS, StoreName.SECRETS);
    private static final Map<String, @Nullable Object> RECORD = SuiteValues.hash("owner", "this install");

    private final Trial trial;
    private final CountDownLatch responses;
    private final List<Lifecycle> lifecycles = new ArrayList<>();
    private volatile boolean stopped;

    CrashOfInstalls(Trial trial) {
        this.trial = trial;
        this.responses = new CountDownLatch(trial.draw(RESPONSES));
        for (int i = 0; i < APPS; i++) {
            lifecycles.add(new Lifecycle(i, trial.openApp()));
        }
    }

    void run() {
        List<Supplier<Boolean>> callers = new ArrayList<>();
        lifecycles.forEach(lifecycle -> callers.add(lifecycle::repeat));
        callers.add(this::kill);
        trial.concurrently(callers);
        lifecycles.forEach(Lifecycle::judge);
    }

    private boolean kill() {
        StartBarrier.awaitOthers();
        try {
            if (!responses.await(MOST_SECONDS, TimeUnit.SECONDS)) {
                trial.count("killed before the load was reached");
            }
            trial.restart();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            stopped = true;
        }
        return true;
    }

    /** The installs of one app, one after the other. */
    private final class Lifecycle {

        private final AppUnderTest app;
        private final boolean reinstalls;
        private final int number;
        private final Map<Principal, String> ended = new LinkedHashMap<>();
        private final List<StoreName> written = new ArrayList<>();
        private String key = "";
        private int installs;
        private @Nullable InstallUnderTest install;
        private Principal current = Principal.INSTALL;
        private boolean endsInFlight;

        Lifecycle(int number, AppUnderTest app) {
            this.number = number;
            this.app = app;
            this.reinstalls = number % 3 != 2;
            use(app.install(), KeySource.INSTALL);
        }

        private void use(InstallUnderTest next, KeySource source) {
            installs++;
            install = next;
            key = trial.key();
            written.clear();
            current = trial.addPrincipal(
                    Principal.of(
                            "install " + installs + " of app " + (number + 1),
                            "APP" + (number + 1) + "_INSTALL" + installs + "_KEY",
                            source),
                    next.client());
        }

        boolean repeat() {
            try {
                for (int round = 0; round < MOST_ROUNDS && !stopped; round++) {
                    if (!writeRecords()) {
                        return false;
                    }
                    replace(java.util.Objects.requireNonNull(install));
                }
                return true;
            } catch (NoResponseException lost) {
                return false;
            }
        }

        private boolean writeRecords() {
            for (StoreName store : PARTITIONED) {
                ResponseAssert response =
                        MixedLoad.respond(() -> trial.storeAs(current, store).put(key, RECORD));
                if (response == null) {
                    return false;
                }
                response.succeeds();
                written.add(store);
                responses.countDown();
            }
            return true;
        }

        private void replace(InstallUnderTest old) {
            Principal before = current;
            String keyBefore = key;
            endsInFlight = true;
            if (reinstalls) {
                InstallUnderTest next = old.reinstall();
                use(next, KeySource.STEP);
                trial.noteReinstall(before, current);
            } else {
                old.uninstall();
                trial.noteUninstall(before);
            }
            endsInFlight = false;
            ended.put(before, keyBefore);
            responses.countDown();
            if (!reinstalls) {
                install = null;
                use(app.install(), KeySource.STEP);
                trial.noteInstall(current);
            }
        }

        void judge() {
            ended.forEach((old, itsKey) -> trial.storeAs(old, StoreName.KV_STORE)
                    .get(itsKey)
                    .forClause("DUR-3")
                    .isRefusedWith("install_revoked"));
            if (install == null) {
                return;
            }
            if (!endsInFlight) {
                for (StoreName store : written) {
                    trial.storeAs(current, store).get(key).forClause("DUR-1").hasResult(RECORD);
                }
                return;
            }
            boolean revoked = false;
            for (StoreName store : PARTITIONED) {
                ResponseAssert response = trial.storeAs(current, store).get(key).forClause("DUR-2");
                if (store == PARTITIONED.get(0)) {
                    revoked = "install_revoked".equals(response.actual().code());
                }
                if (revoked) {
                    response.isRefusedWith("install_revoked");
                } else {
                    response.hasResult(RECORD);
                }
            }
            if (revoked && reinstalls) {
                judgeSuccessor();
            }
        }

        /** A reinstall that took effect has made an install that works, with all of the old data or none of it (INST-7). */
        private void judgeSuccessor() {
            Optional<InstallUnderTest> successor;
            try {
                successor = app.activeInstall();
            } catch (NotCheckableException unknown) {
                trial.count("successor of an install unknown");
                return;
            }
            if (successor.isEmpty()) {
                throw trial.violationAtKeys(
                        "DUR-2",
                        "a reinstall was in progress when the service was killed: its old key is revoked, and expected"
                                + " a new install but was none.",
                        key);
            }
            Principal old = current;
            String keyOfOld = key;
            use(successor.get(), KeySource.STEP);
            trial.noteReinstall(old, current);
            Object kept = trial.storeAs(current, PARTITIONED.get(0))
                    .get(keyOfOld)
                    .forClause("DUR-2")
                    .succeeds()
                    .result();
            boolean keeps = SuiteValues.areEqual(kept, RECORD);
            for (StoreName store : PARTITIONED) {
                trial.storeAs(current, store).get(keyOfOld).forClause("DUR-2").hasResult(keeps ? RECORD : Map.of());
            }
        }
    }
}
