package dev.stowage.contract.property;

import dev.stowage.contract.backend.AppUnderTest;
import dev.stowage.contract.backend.InstallUnderTest;
import dev.stowage.contract.backend.PluginDataApi;
import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Client;
import dev.stowage.contract.call.NoResponseException;
import dev.stowage.contract.call.NotCheckableException;
import dev.stowage.contract.call.Response;
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

/** One try of a property: its draws, its keys, its places, its time, and everything that was said and heard. */
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
    private final Map<String, Client> others = new ConcurrentHashMap<>();
    private long movedSeconds;
    private final long place;
    private long stride = 1;
    private int largest = 1;
    private int secondLargest = 1;
    private int groups;

    /** @param place which of all combinations of choices this one makes */
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

    /** One of these, each in its turn: after as many tries as there are combinations all of them were there. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final <T> T choose(T... options) {
        return choose(Arrays.asList(options));
    }

    /** One of these, each in its turn. */
    public <T> T choose(List<T> options) {
        int size = options.size();
        T option = options.get((int) (place / stride % size));
        stride *= size;
        secondLargest = Math.max(secondLargest, Math.min(largest, size));
        largest = Math.max(largest, size);
        return option;
    }

    /** So many steps; a failure is shrunk by leaving some of them out. */
    public void runSteps(int count, Runnable step) {
        draws.runSteps(count, step);
    }

    /** How many combinations of choices there are. */
    public long combinations() {
        return stride;
    }

    /** How many tries meet about every pair of choices, and never more than there are combinations. */
    public int pairs() {
        return (int) Math.min(stride, largest * (long) secondLargest * 5 / 4);
    }

    /** Which try this is. */
    public int number() {
        return number;
    }

    /** A key that nobody has used, of letters, digits, - and _ alone. */
    public String key() {
        return keyPrefix + "-" + keys.incrementAndGet();
    }

    // --- places

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
                others.containsKey(principal.label()) ? clientOf(principal) : fixture.client(principal),
                store);
    }

    /** Somebody with an install or a key of their own. */
    public Principal addPrincipal(String label, String variable, Client client) {
        others.put(label, client);
        return new Principal(label, variable);
    }

    private Client clientOf(Principal principal) {
        return java.util.Objects.requireNonNull(others.get(principal.label()));
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

    /** What that key opens, null being no key. */
    public Client openWith(@Nullable String key) {
        return fixture.backend().openWith(key);
    }

    public PluginDataApi pluginData() {
        return fixture.backend().pluginData();
    }

    // --- time

    /** True if time can be moved; otherwise it is waited for. */
    public boolean canAdvanceTime() {
        return fixture.app().canAdvanceTime();
    }

    /** A ttl to work with: long where time can be moved, short where it is waited for. */
    public long ttl(long seconds) {
        return canAdvanceTime() ? seconds : 5;
    }

    /** A moment to count from. */
    public record Mark(long nanos, long movedSeconds) {}

    public Mark mark() {
        return new Mark(WallClock.nanoTime(), movedSeconds);
    }

    /** Moves time, or waits, until so many seconds after the mark. */
    public void advanceTo(Mark mark, long seconds) {
        if (canAdvanceTime()) {
            long more = mark.movedSeconds() + seconds - movedSeconds;
            if (more > 0) {
                fixture.app().advance(java.time.Duration.ofSeconds(more));
                movedSeconds += more;
                note("time moves on by " + more + " seconds");
            }
        } else {
            note("wait until " + seconds + " seconds are over");
            WallClock.sleepUntil(mark.nanos() + seconds * 1_000_000_000L);
        }
    }

    /** True if so many seconds have gone by since the mark, so that what was true before them can't be asked any more. */
    public boolean isPast(Mark mark, long seconds) {
        return !canAdvanceTime() && WallClock.nanoTime() - mark.nanos() > seconds * 1_000_000_000L - 500_000_000L;
    }

    /** Seconds since the mark, rounded up; the time that was moved included. */
    public long elapsed(Mark mark) {
        return canAdvanceTime()
                ? movedSeconds - mark.movedSeconds()
                : (WallClock.nanoTime() - mark.nanos() + 999_999_999L) / 1_000_000_000L;
    }

    // --- said and heard

    ResponseAssert call(Principal principal, Client client, Call call, int together) {
        int asked = numbers.incrementAndGet();
        Response told = omitted.recordedResponseFor(asked, call);
        if (told != null) {
            return new ResponseAssert(this, new Step(principal, call, told, together, ""), asked, told, clause);
        }
        fixture.recordWrite(client, call);
        coverage.count(call);
        try {
            Response response = client.call(call);
            coverage.count(response);
            Step step = new Step(principal, call, response, together, "");
            steps.add(step);
            calls.put(asked, step);
            return new ResponseAssert(this, step, asked, response, clause);
        } catch (NoResponseException lost) {
            steps.add(new Step(principal, call, null, together, String.valueOf(lost.getMessage())));
            throw lost;
        }
    }

    ResponseAssert update(Principal principal, Client client, StoreName store, String key, Client.Updater updater) {
        Call asked = Call.of(store, "patch", "key", key, "updater", "…");
        fixture.recordWrite(client, asked);
        Response response = client.update(store, key, updater);
        Step step = new Step(principal, asked, response, 0, "");
        int number = numbers.incrementAndGet();
        steps.add(step);
        calls.put(number, step);
        return new ResponseAssert(this, step, number, response, clause);
    }

    /** All of these at once, as near as threads can start together; their answers in the same order. */
    public List<ResponseAssert> concurrently(List<Supplier<ResponseAssert>> calls) {
        return ConcurrentCalls.runAll(calls);
    }

    /** A number for calls that are under way at once. */
    public int newGroup() {
        return ++groups;
    }

    public void note(String note) {
        steps.add(Step.note(note));
    }

    /** A request that is none of the storage's operations, as a line for a shell with its answer behind a #. */
    public void request(String curl) {
        steps.add(Step.request(curl));
    }

    /** Counts something for the distribution that the report prints. */
    public void count(String what) {
        coverage.count(what);
    }

    public ClauseViolation violation(String message, ResponseAssert... shownBy) {
        return violation(clause, message, shownBy);
    }

    public ClauseViolation violation(String brokenClause, String message, ResponseAssert... shownBy) {
        Set<String> shown = Arrays.stream(shownBy).map(ResponseAssert::key).collect(Collectors.toSet());
        int at = Arrays.stream(shownBy).mapToInt(ResponseAssert::number).max().orElse(ClauseViolation.NO_CALL);
        return new ClauseViolation(brokenClause, message, shown, at);
    }

    /** As {@link #violation}, where not one answer shows it but all that was done to these keys. */
    public ClauseViolation violationAtKeys(String brokenClause, String message, String... shownAt) {
        return new ClauseViolation(brokenClause, message, Set.of(shownAt), ClauseViolation.NO_CALL);
    }

    public NotCheckableException skip(String because) {
        return new NotCheckableException(because);
    }

    /** Which call got no answer: its place and its operation. */
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

    /** What concerns these keys, and what was done between. */
    public List<Step> steps(Set<String> shownAt) {
        List<Step> relevant = new ArrayList<>();
        for (Step step : List.copyOf(steps)) {
            Call call = step.call();
            boolean wanted = call == null
                    ? !relevant.isEmpty() || shownAt.isEmpty()
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
