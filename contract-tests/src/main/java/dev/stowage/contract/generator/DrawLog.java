package dev.stowage.contract.generator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.sessions.JqwikSession;

/**
 * The values that one try of a property drew, so that they can be replayed and shrunk. Every draw has a name (its position in the try) and depends on the seed and that name only: omitting a step changes no other draw.
 */
public final class DrawLog {

    private final long seed;
    private final Map<String, Shrinkable<?>> given;
    private final Set<Integer> leftOut;
    private final Map<String, Shrinkable<?>> made = new LinkedHashMap<>();
    private String scope = "";
    private int next;
    private int steps;

    private DrawLog(long seed, Map<String, Shrinkable<?>> given, Set<Integer> leftOut) {
        this.seed = seed;
        this.given = given;
        this.leftOut = leftOut;
    }

    public static DrawLog of(long seed) {
        return new DrawLog(seed, Map.of(), Set.of());
    }

    /** One value. */
    @SuppressWarnings("unchecked")
    public <T> T draw(Generator<T> generator) {
        String name = scope + next++;
        Shrinkable<T> value = (Shrinkable<T>) given.get(name);
        if (value == null) {
            long own = seed * 31 + name.hashCode() * 0x9E3779B97F4A7C15L;
            value = inSession(() -> generator.randomGenerator().next(new Random(own)));
        }
        made.put(name, value);
        Shrinkable<T> drawn = value;
        return inSession(drawn::value);
    }

    /** Runs this many steps, except those that are left out. */
    public void runSteps(int count, Runnable step) {
        steps = count;
        for (int i = 0; i < count; i++) {
            if (!leftOut.contains(i)) {
                scope = "step " + i + " draw ";
                next = 0;
                step.run();
            }
        }
        scope = "";
    }

    /** How many steps are left. */
    public int remainingSteps() {
        return steps - leftOut.size();
    }

    /** The numbers of the steps that are left. */
    public Set<Integer> remainingStepNumbers() {
        Set<Integer> left = new TreeSet<>();
        for (int i = 0; i < steps; i++) {
            if (!leftOut.contains(i)) {
                left.add(i);
            }
        }
        return left;
    }

    /** The same draws again. */
    public DrawLog replay() {
        return new DrawLog(seed, new LinkedHashMap<>(made), leftOut);
    }

    /** The same draws without these steps. */
    public DrawLog withoutSteps(Set<Integer> stepsToLeaveOut) {
        Set<Integer> out = new TreeSet<>(leftOut);
        out.addAll(stepsToLeaveOut);
        return new DrawLog(seed, new LinkedHashMap<>(made), out);
    }

    /** The names of the draws. */
    public List<String> names() {
        return List.copyOf(made.keySet());
    }

    /** The same draws with one of them smaller, in up to {@code ways} ways, simplest first. */
    public List<DrawLog> shrink(String name, int ways) {
        Shrinkable<?> value = made.get(name);
        if (value == null) {
            return List.of();
        }
        List<Shrinkable<?>> less =
                inSession(() -> List.copyOf(value.shrink().limit(ways).toList()));
        List<DrawLog> smaller = new ArrayList<>();
        for (Shrinkable<?> one : less) {
            Map<String, Shrinkable<?>> values = new LinkedHashMap<>(made);
            values.put(name, one);
            smaller.add(new DrawLog(seed, values, leftOut));
        }
        return smaller;
    }

    /** jqwik requires a session and allows one at a time, so each session lasts for one draw only. */
    private static <T> T inSession(Supplier<T> draw) {
        List<T> drawn = new ArrayList<>(1);
        JqwikSession.run(() -> drawn.add(draw.get()));
        return drawn.get(0);
    }
}
