package dev.stowage.contract.run;

import dev.stowage.contract.call.Answer;
import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Client;
import dev.stowage.contract.call.NoAnswer;
import dev.stowage.contract.call.NotCheckable;
import dev.stowage.contract.door.AppUnderTest;
import dev.stowage.contract.door.InstallUnderTest;
import dev.stowage.contract.door.PluginData;
import dev.stowage.contract.draw.Draws;
import dev.stowage.contract.draw.Source;
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

    private final World world;
    private final String clause;
    private final Draws draws;
    private final int number;
    private final String keyPrefix;
    private final Distribution distribution;
    private final LeftOut leftOut;
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
    Trial(
            World world,
            String clause,
            Draws draws,
            int number,
            long place,
            String keyPrefix,
            Distribution distribution,
            LeftOut leftOut) {
        this.world = world;
        this.clause = clause;
        this.draws = draws;
        this.number = number;
        this.place = place;
        this.keyPrefix = keyPrefix;
        this.distribution = distribution;
        this.leftOut = leftOut;
    }

    // --- draws

    /** A random value. */
    public <T> T draw(Source<T> source) {
        return draws.draw(source);
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
    public void steps(int count, Runnable step) {
        draws.steps(count, step);
    }

    /** How many combinations of choices there are. */
    long combinations() {
        return stride;
    }

    /** How many tries meet about every pair of choices, and never more than there are combinations. */
    int pairs() {
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

    public Place in(StoreName store) {
        return by(Who.INSTALL, store);
    }

    /** One of the two key-value stores. */
    public Place inKeyValueStore() {
        return in(choose(KEY_VALUE));
    }

    /** One of the two base stores. */
    public Place inBaseStore() {
        return in(choose(StoreName.SECRETS, StoreName.SETTINGS));
    }

    /** One of the four stores. */
    public Place inAnyStore() {
        return in(choose(StoreName.values()));
    }

    public Place by(Who who, StoreName store) {
        return new Place(this, who, others.containsKey(who.label()) ? other(who) : world.client(who), store);
    }

    /** Somebody with an install or a key of their own. */
    public Who meet(String label, String variable, Client client) {
        others.put(label, client);
        return new Who(label, variable);
    }

    private Client other(Who who) {
        return java.util.Objects.requireNonNull(others.get(who.label()));
    }

    public AppUnderTest app() {
        return world.app();
    }

    /** A further app. */
    public AppUnderTest openApp() {
        return world.openApp();
    }

    public InstallUnderTest install(Who who) {
        return world.install(who);
    }

    /** What that key opens, null being no key. */
    public Client openWith(@Nullable String key) {
        return world.backend().openWith(key);
    }

    public PluginData pluginData() {
        return world.backend().pluginData();
    }

    // --- time

    /** True if time can be moved; otherwise it is waited for. */
    public boolean movesTime() {
        return world.app().movesTime();
    }

    /** A ttl to work with: long where time can be moved, short where it is waited for. */
    public long ttl(long seconds) {
        return movesTime() ? seconds : 5;
    }

    /** A moment to count from. */
    public record Mark(long nanos, long movedSeconds) {}

    public Mark mark() {
        return new Mark(Waiting.nanoTime(), movedSeconds);
    }

    /** Moves time, or waits, until so many seconds after the mark. */
    public void advanceTo(Mark mark, long seconds) {
        if (movesTime()) {
            long more = mark.movedSeconds() + seconds - movedSeconds;
            if (more > 0) {
                world.app().advance(java.time.Duration.ofSeconds(more));
                movedSeconds += more;
                note("time moves on by " + more + " seconds");
            }
        } else {
            note("wait until " + seconds + " seconds are over");
            Waiting.until(mark.nanos() + seconds * 1_000_000_000L);
        }
    }

    /** True if so many seconds have gone by since the mark, so that what was true before them can't be asked any more. */
    public boolean isPast(Mark mark, long seconds) {
        return !movesTime() && Waiting.nanoTime() - mark.nanos() > seconds * 1_000_000_000L - 500_000_000L;
    }

    /** Seconds since the mark, rounded up; the time that was moved included. */
    public long elapsed(Mark mark) {
        return movesTime()
                ? movedSeconds - mark.movedSeconds()
                : (Waiting.nanoTime() - mark.nanos() + 999_999_999L) / 1_000_000_000L;
    }

    // --- said and heard

    Heard call(Who who, Client client, Call call, int together) {
        int asked = numbers.incrementAndGet();
        Answer told = leftOut.toldFor(asked, call);
        if (told != null) {
            return new Heard(this, new Step(who, call, told, together, ""), asked, told, clause);
        }
        world.remember(client, call);
        distribution.count(call);
        try {
            Answer answer = client.call(call);
            distribution.count(answer);
            Step step = new Step(who, call, answer, together, "");
            steps.add(step);
            calls.put(asked, step);
            return new Heard(this, step, asked, answer, clause);
        } catch (NoAnswer lost) {
            steps.add(new Step(who, call, null, together, String.valueOf(lost.getMessage())));
            throw lost;
        }
    }

    Heard update(Who who, Client client, StoreName store, String key, Client.Updater updater) {
        Call asked = Call.of(store, "patch", "key", key, "updater", "…");
        world.remember(client, asked);
        Answer answer = client.update(store, key, updater);
        Step step = new Step(who, asked, answer, 0, "");
        int number = numbers.incrementAndGet();
        steps.add(step);
        calls.put(number, step);
        return new Heard(this, step, number, answer, clause);
    }

    /** All of these at once, as near as threads can start together; their answers in the same order. */
    public List<Heard> together(List<Supplier<Heard>> calls) {
        return Together.run(calls);
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
        distribution.count(what);
    }

    public Broken broken(String message, Heard... shownBy) {
        return broken(clause, message, shownBy);
    }

    public Broken broken(String brokenClause, String message, Heard... shownBy) {
        Set<String> shown = Arrays.stream(shownBy).map(Heard::key).collect(Collectors.toSet());
        int at = Arrays.stream(shownBy).mapToInt(Heard::number).max().orElse(Broken.NO_CALL);
        return new Broken(brokenClause, message, shown, at);
    }

    /** As {@link #broken}, where not one answer shows it but all that was done to these keys. */
    public Broken brokenAt(String brokenClause, String message, String... shownAt) {
        return new Broken(brokenClause, message, Set.of(shownAt), Broken.NO_CALL);
    }

    public NotCheckable skip(String because) {
        return new NotCheckable(because);
    }

    /** Which call got no answer: its place and its operation. */
    String lostAt() {
        List<Step> made = List.copyOf(steps);
        for (int i = 0; i < made.size(); i++) {
            Call call = made.get(i).call();
            if (call != null && made.get(i).answer() == null) {
                return i + " " + call.store() + "." + call.operation();
            }
        }
        return "none";
    }

    /** The calls that were made, by their numbers. */
    Map<Integer, Step> calls() {
        return calls;
    }

    /** What concerns these keys, and what was done between. */
    List<Step> steps(Set<String> shownAt) {
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
