package dev.stowage.contract.property;

import dev.stowage.contract.backend.AppUnderTest;
import dev.stowage.contract.backend.InstallUnderTest;
import dev.stowage.contract.backend.PluginDataApi;
import dev.stowage.contract.backend.StorageUnderTest;
import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Client;
import dev.stowage.contract.call.NoResponseException;
import dev.stowage.contract.call.NotCheckableException;
import dev.stowage.contract.call.Response;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.generator.DrawLog;
import dev.stowage.contract.generator.Generator;
import dev.stowage.storage.StoreName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One try of a property: it generates values and keys, makes the calls, controls time, and records every step. */
public final class Trial {

    private static final List<StoreName> KEY_VALUE = List.of(StoreName.KV_STORE, StoreName.SHARED_KV_STORE);

    private final Fixture fixture;
    private final String clause;
    private final DrawLog draws;
    private final int number;
    private final String keyPrefix;
    private final Coverage coverage;
    private final OmittedCalls omitted;
    private final Map<Integer, Step> calls = new ConcurrentSkipListMap<>();
    private final List<Step> steps = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger keys = new AtomicInteger();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<String, Client> addedClients = new ConcurrentHashMap<>();
    private long movedSeconds;
    private final long place;
    private long stride = 1;
    private int largest = 1;
    private int secondLargest = 1;
    private int groups;

    /** @param place the number of the combination of choices that this try makes */
    public Trial(
            Fixture fixture,
            String clause,
            DrawLog draws,
            int number,
            long place,
            String keyPrefix,
            Coverage coverage,
            OmittedCalls omitted) {
        this.fixture = fixture;
        this.clause = clause;
        this.draws = draws;
        this.number = number;
        this.place = place;
        this.keyPrefix = keyPrefix;
        this.coverage = coverage;
        this.omitted = omitted;
    }

    // --- draws

    /** A random value. */
    public <T> T draw(Generator<T> generator) {
        return draws.draw(generator);
    }

    /** Chooses one of these. After as many tries as there are combinations of choices, every combination was used. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final <T> T choose(T... options) {
        return choose(Arrays.asList(options));
    }

    /** Chooses one of these, as {@link #choose(Object...)}. */
    public <T> T choose(List<T> options) {
        int size = options.size();
        T option = options.get((int) (place / stride % size));
        stride *= size;
        secondLargest = Math.max(secondLargest, Math.min(largest, size));
        largest = Math.max(largest, size);
        return option;
    }

    /** Runs this many steps. A failure is shrunk by omitting some of them. */
    public void runSteps(int count, Runnable step) {
        draws.runSteps(count, step);
    }

    /** How many combinations of choices there are. */
    public long combinations() {
        return stride;
    }

    /** The number of tries after which about every pair of choices was used; at most the number of combinations. */
    public int pairs() {
        return (int) Math.min(stride, largest * (long) secondLargest * 5 / 4);
    }

    /** The number of this try, from 0. */
    public int number() {
        return number;
    }

    /** A new key of letters, digits, - and _ only, which is valid in all stores. */
    public String key() {
        return keyPrefix + "-" + keys.incrementAndGet();
    }

    // --- callers and stores

    public StoreClient store(StoreName store) {
        return storeAs(Principal.INSTALL, store);
    }

    /** One of the two key-value stores. */
    public StoreClient anyKeyValueStore() {
        return store(choose(KEY_VALUE));
    }

    /** One of the two base stores. */
    public StoreClient anyBaseStore() {
        return store(choose(StoreName.SECRETS, StoreName.SETTINGS));
    }

    /** One of the four stores. */
    public StoreClient anyStore() {
        return store(choose(StoreName.values()));
    }

    public StoreClient storeAs(Principal principal, StoreName store) {
        return new StoreClient(
                this,
                principal,
                addedClients.containsKey(principal.label()) ? clientOf(principal) : fixture.client(principal),
                store);
    }

    /** Adds a caller that has a separate install or key. */
    public Principal addPrincipal(Principal principal, Client client) {
        addedClients.put(principal.label(), client);
        return principal;
    }

    private Client clientOf(Principal principal) {
        return java.util.Objects.requireNonNull(addedClients.get(principal.label()));
    }

    public AppUnderTest app() {
        return fixture.app();
    }

    /** A further app. */
    public AppUnderTest openApp() {
        return fixture.openApp();
    }

    public InstallUnderTest install(Principal principal) {
        return fixture.install(principal);
    }

    /** A client that uses this key; null for no key. */
    public Client openWith(@Nullable String key) {
        return fixture.backend().openWith(key);
    }

    public PluginDataApi pluginData() {
        return fixture.backend().pluginData();
    }

    // --- time

    /** True if time can be advanced; otherwise the suite waits. */
    public boolean canAdvanceTime() {
        return fixture.app().canAdvanceTime();
    }

    /** This ttl if time can be advanced, else a short one that the suite can wait for. */
    public long ttl(long seconds) {
        return canAdvanceTime() ? seconds : 5;
    }

    /** A point in time to measure from. */
    public record Mark(long nanos, long movedSeconds) {}

    public Mark mark() {
        return new Mark(WallClock.nanoTime(), movedSeconds);
    }

    /** Advances time, or waits, until this many seconds after the mark. */
    public void advanceTo(Mark mark, long seconds) {
        if (canAdvanceTime()) {
            long more = mark.movedSeconds() + seconds - movedSeconds;
            if (more > 0) {
                fixture.app().advance(java.time.Duration.ofSeconds(more));
                movedSeconds += more;
                steps.add(Step.action(
                        Action.numbered(Action.Kind.ADVANCE, more), "time advances by " + more + " seconds"));
            }
        } else {
            long left = Math.max(0, seconds - elapsed(mark));
            steps.add(Step.action(Action.numbered(Action.Kind.WAIT, left), "wait for " + left + " seconds"));
            WallClock.sleepUntil(mark.nanos() + seconds * 1_000_000_000L);
        }
    }

    /** True if this many seconds have passed since the mark in real time, so that the state before can no longer be tested. */
    public boolean isPast(Mark mark, long seconds) {
        return !canAdvanceTime() && WallClock.nanoTime() - mark.nanos() > seconds * 1_000_000_000L - 500_000_000L;
    }

    /** The seconds since the mark, rounded up, including the time that was advanced. */
    public long elapsed(Mark mark) {
        return canAdvanceTime()
                ? movedSeconds - mark.movedSeconds()
                : (WallClock.nanoTime() - mark.nanos() + 999_999_999L) / 1_000_000_000L;
    }

    // --- restarts

    /**
     * Skips the try if the backend is not declared to be durable. A property that restarts it calls this first.
     *
     * @throws NotCheckableException with the reason
     */
    public void requireRestart() {
        if (!fixture.backend().isDurable()) {
            throw new NotCheckableException(StorageUnderTest.NOT_DURABLE);
        }
    }

    /** Kills the backend and starts it again. */
    public void restart() {
        steps.add(Step.action(Action.numbered(Action.Kind.RESTART, 0), "the service is killed and started again"));
        fixture.backend().restart();
    }

    /**
     * Skips the try if it is not declared how to disturb the backend. A property that disturbs it calls this first.
     *
     * @throws NotCheckableException with the reason
     */
    public void requireDisturbance() {
        if (!fixture.backend().canBeDisturbed()) {
            throw new NotCheckableException(StorageUnderTest.NOT_DISTURBED);
        }
    }

    /** Disturbs a part of the backend, which this number chooses; returns when the disturbance is over. */
    public void disturb(int disturbance) {
        steps.add(Step.action(
                Action.numbered(Action.Kind.DISTURB, disturbance),
                "a part of the service is disturbed: " + disturbance));
        fixture.backend().disturb(disturbance);
    }

    /** Advances the time of this app, which has to support it. */
    public void advance(AppUnderTest app, long seconds) {
        app.advance(java.time.Duration.ofSeconds(seconds));
        steps.add(
                Step.action(Action.numbered(Action.Kind.ADVANCE, seconds), "time advances by " + seconds + " seconds"));
    }

    /** The whole seconds of real time since the mark. */
    public long secondsSince(Mark mark) {
        return (WallClock.nanoTime() - mark.nanos()) / 1_000_000_000L;
    }

    /** Waits for real time to pass: until this many seconds after the mark. */
    public void waitUntil(Mark mark, long seconds) {
        long left = Math.max(0, seconds - (WallClock.nanoTime() - mark.nanos()) / 1_000_000_000L);
        steps.add(Step.action(Action.numbered(Action.Kind.WAIT, left), "wait for " + left + " seconds"));
        WallClock.sleepUntil(mark.nanos() + seconds * 1_000_000_000L);
    }

    // --- calls and steps

    ResponseAssert call(Principal principal, Client client, Call call, int together) {
        int asked = numbers.incrementAndGet();
        Response recorded = omitted.recordedResponseFor(asked, call);
        if (recorded != null) {
            return new ResponseAssert(this, new Step(principal, call, recorded, together, ""), asked, recorded, clause);
        }
        requireImplemented(call);
        fixture.recordWrite(client, call);
        coverage.count(call);
        try {
            Response response = client.call(call);
            coverage.count(response);
            if (response.mayBeNotImplemented()) {
                probe(call);
            }
            Step step = new Step(principal, call, response, together, "");
            steps.add(step);
            calls.put(asked, step);
            return new ResponseAssert(this, step, asked, response, clause);
        } catch (NoResponseException lost) {
            steps.add(new Step(principal, call, null, together, String.valueOf(lost.getMessage())));
            throw lost;
        }
    }

    /** False if the operation is known to be missing; properties that can do without it leave it out. */
    public boolean isImplemented(Call call) {
        return !fixture.missingOperations().contains(call);
    }

    private void requireImplemented(Call call) {
        if (!isImplemented(call)) {
            throw new NotCheckableException("not implemented: " + call.operation());
        }
    }

    private void probe(Call call) {
        fixture.missingOperations().probe(fixture.client(Principal.INSTALL), call);
        requireImplemented(call);
    }

    ResponseAssert update(
            Principal principal, Client client, StoreName store, String key, Client.Updater updater, int together) {
        Call get = Call.of(store, "get", "key", key);
        Call put = Call.of(store, "put", "key", key);
        requireImplemented(get);
        requireImplemented(put);
        fixture.recordWrite(client, put);
        Map<String, @Nullable Object> last = SuiteValues.hash("throws", true);
        int asked = numbers.incrementAndGet();
        Response response;
        try {
            response = client.update(store, key, (current, ttl) -> {
                last.clear();
                last.put("throws", true);
                Client.Next next = updater.update(current, ttl);
                last.clear();
                last.put("returns", next.value());
                if (next.ttl() != Client.Next.KEEP) {
                    last.put("ttl", next.ttl() == Client.Next.NONE ? null : (Object) next.ttl());
                }
                return next;
            });
        } catch (RuntimeException thrown) {
            steps.add(new Step(
                    principal,
                    Call.of(store, "patch", "key", key, "updater", last),
                    null,
                    together,
                    thrown instanceof NoResponseException ? String.valueOf(thrown.getMessage()) : "the updater threw"));
            throw thrown;
        }
        if (response.mayBeNotImplemented()) {
            probe(get);
            probe(put);
        }
        Step step = new Step(principal, Call.of(store, "patch", "key", key, "updater", last), response, together, "");
        steps.add(step);
        calls.put(asked, step);
        return new ResponseAssert(this, step, asked, response, clause);
    }

    /** Makes these calls concurrently. Returns their responses in the same order. */
    public <T> List<T> concurrently(List<Supplier<T>> calls) {
        return ConcurrentCalls.runAll(calls);
    }

    /** A number for a new group of concurrent calls. */
    public int newGroup() {
        return ++groups;
    }

    /** Installs the app, in the steps: the key of this caller. */
    public void noteInstall(Principal principal) {
        steps.add(Step.action(
                new Action(Action.Kind.INSTALL, principal, principal, 0),
                "the app is installed: " + principal.label()));
    }

    /** Uninstalls this caller's install, in the steps. */
    public void noteUninstall(Principal principal) {
        steps.add(Step.action(
                new Action(Action.Kind.UNINSTALL, principal, principal, 0), principal.label() + " is uninstalled"));
    }

    /** Reinstalls this caller's install, in the steps. */
    public void noteReinstall(Principal old, Principal fresh) {
        steps.add(Step.action(
                new Action(Action.Kind.REINSTALL, old, fresh, 0), old.label() + " is reinstalled as " + fresh.label()));
    }

    /** A request that is not an operation of the storage, as a shell command with its response in a comment. */
    public void request(String curl) {
        steps.add(Step.request(curl));
    }

    /** Counts something for the report's table of what was exercised. */
    public void count(String what) {
        coverage.count(what);
    }

    /** Keeps the highest of these values for the report's table of what was exercised. */
    public void highest(String what, long value) {
        coverage.highest(what, value);
    }

    public ClauseViolation violation(String message, ResponseAssert... shownBy) {
        return violation(clause, message, shownBy);
    }

    public ClauseViolation violation(String brokenClause, String message, ResponseAssert... shownBy) {
        Set<String> shown = Arrays.stream(shownBy).map(ResponseAssert::key).collect(Collectors.toSet());
        int at = Arrays.stream(shownBy).mapToInt(ResponseAssert::number).max().orElse(ClauseViolation.NO_CALL);
        return new ClauseViolation(brokenClause, message, shown, at);
    }

    /** As {@link #violation}, if no single response shows it but all calls on these keys do. */
    public ClauseViolation violationAtKeys(String brokenClause, String message, String... shownAt) {
        return new ClauseViolation(brokenClause, message, Set.of(shownAt), ClauseViolation.NO_CALL);
    }

    public NotCheckableException skip(String because) {
        return new NotCheckableException(because);
    }

    /** The number and the operation of the call that got no response. */
    public String unansweredCall() {
        List<Step> made = List.copyOf(steps);
        for (int i = 0; i < made.size(); i++) {
            Call call = made.get(i).call();
            if (call != null && made.get(i).response() == null) {
                return i + " " + call.store() + "." + call.operation();
            }
        }
        return "none";
    }

    /** The calls that were made, by their numbers. */
    public Map<Integer, Step> calls() {
        return calls;
    }

    /** The steps that concern these keys, and the actions between them. */
    public List<Step> steps(Set<String> shownAt) {
        List<Step> relevant = new ArrayList<>();
        for (Step step : List.copyOf(steps)) {
            Call call = step.call();
            boolean wanted = call == null
                    ? !relevant.isEmpty() || shownAt.isEmpty() || step.action().isOfTheService()
                    : shownAt.isEmpty() || shownAt.contains(call.key());
            if (wanted) {
                relevant.add(step);
            }
        }
        while (!relevant.isEmpty() && relevant.get(relevant.size() - 1).call() == null && !shownAt.isEmpty()) {
            relevant.remove(relevant.size() - 1);
        }
        return relevant;
    }
}
