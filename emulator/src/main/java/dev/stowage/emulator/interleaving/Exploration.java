package dev.stowage.emulator.interleaving;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;

/**
 * Chooses the orders one after the other, by dynamic partial-order reduction with source sets and sleep sets (Abdulla, Aronis,
 * Jonsson, Sagonas, 2014). After an order has run, it finds the pairs of steps that raced: they do not commute, and no step
 * between them forces their order. It then schedules each race in the opposite order, unless that has run. Sleep sets prevent
 * orders that differ only in steps that commute. Every order that is left out has the same outcome as one that was run,
 * provided that the actors share nothing but the storage.
 */
public final class Exploration implements SchedulingStrategy {

    /** The choice at one position of the order: the actors that wait, those that were tried, and those in the sleep set. */
    private static final class Node {

        private final SortedMap<Integer, RecordAccess> waiting;
        private final BitSet toTry = new BitSet();
        private final Map<Integer, ScheduledStep> tried = new HashMap<>();
        private final Map<Integer, ScheduledStep> asleep;
        private int chosen;

        Node(SortedMap<Integer, RecordAccess> waiting, Map<Integer, ScheduledStep> asleep) {
            this.waiting = waiting;
            this.asleep = asleep;
            this.chosen = waiting.keySet().stream()
                    .filter(actor -> !asleep.containsKey(actor))
                    .findFirst()
                    .orElse(waiting.firstKey());
            toTry.set(chosen);
        }

        boolean isRedundant() {
            return asleep.containsKey(chosen);
        }

        ScheduledStep step() {
            return Objects.requireNonNull(tried.get(chosen));
        }

        /** The sleep set after the step that was chosen here. */
        Map<Integer, ScheduledStep> asleepAfterwards() {
            Map<Integer, ScheduledStep> still = new HashMap<>();
            asleep.forEach((actor, step) -> keepIfCommuting(still, actor, step));
            tried.forEach((actor, step) -> keepIfCommuting(still, actor, step));
            return still;
        }

        private void keepIfCommuting(Map<Integer, ScheduledStep> still, int actor, ScheduledStep step) {
            if (actor != chosen && step.commutesWith(step())) {
                still.put(actor, step);
            }
        }

        boolean chooseNext() {
            for (int actor = toTry.nextSetBit(0); actor >= 0; actor = toTry.nextSetBit(actor + 1)) {
                if (!tried.containsKey(actor) && !asleep.containsKey(actor)) {
                    chosen = actor;
                    return true;
                }
            }
            return false;
        }
    }

    private final List<Node> path = new ArrayList<>();
    private int depth;
    private int orders;

    /** The number of orders that were started so far. */
    public int orders() {
        return orders;
    }

    /** Starts an order. */
    public void begin() {
        depth = 0;
        orders++;
    }

    /**
     * Chooses the next actor.
     *
     * @param waiting the next operation of every actor that has not ended
     * @throws ActorDivergenceException if an actor's next operation differs from an earlier run in the same situation
     */
    @Override
    public int choose(SortedMap<Integer, RecordAccess> waiting) {
        if (depth == path.size()) {
            path.add(new Node(
                    waiting, depth == 0 ? Map.of() : path.get(depth - 1).asleepAfterwards()));
        }
        Node node = path.get(depth);
        if (!node.waiting.equals(waiting)) {
            throw new ActorDivergenceException(depth + 1, node.waiting.toString(), waiting.toString());
        }
        return node.chosen;
    }

    /** Records the step of the chosen actor. */
    @Override
    public void executed(ScheduledStep step) {
        path.get(depth).tried.put(step.actor(), step);
        depth++;
    }

    @Override
    public void allEnded() {
        if (depth < path.size()) {
            throw new ActorDivergenceException(
                    depth + 1, path.get(depth).waiting.toString(), "none");
        }
    }

    /**
     * Ends a completed order and prepares the next one.
     *
     * @return false if there is none
     */
    public boolean next() {
        findRaces();
        while (!path.isEmpty()) {
            if (path.get(path.size() - 1).chooseNext()) {
                return true;
            }
            path.remove(path.size() - 1);
        }
        return false;
    }

    /** Finds races, up to where the order repeats another one: later races were found there. */
    private void findRaces() {
        List<BitSet> causes = new ArrayList<>();
        for (int later = 0; later < path.size() && !path.get(later).isRedundant(); later++) {
            ScheduledStep step = path.get(later).step();
            BitSet causesOfStep = new BitSet();
            List<Integer> racing = new ArrayList<>();
            for (int earlier = later - 1; earlier >= 0; earlier--) {
                ScheduledStep other = path.get(earlier).step();
                boolean isSameActor = other.actor() == step.actor();
                if (isSameActor || !other.commutesWith(step)) {
                    if (!isSameActor && !causesOfStep.get(earlier)) {
                        racing.add(earlier);
                    }
                    causesOfStep.set(earlier);
                    causesOfStep.or(causes.get(earlier));
                }
            }
            causes.add(causesOfStep);
            for (int earlier : racing) {
                reverse(earlier, later, causes);
            }
        }
    }

    /**
     * Schedules the later of two racing steps before the earlier one. The steps that lead to the later one independently of the
     * earlier one must run first, so an actor that can start with one of these is tried at the position of the earlier step.
     */
    private void reverse(int earlier, int later, List<BitSet> causes) {
        BitSet without = new BitSet();
        BitSet initials = new BitSet();
        for (int step = earlier + 1; step <= later; step++) {
            BitSet causesOfStep = causes.get(step);
            if (step == later || !causesOfStep.get(earlier)) {
                if (!causesOfStep.intersects(without)) {
                    initials.set(path.get(step).step().actor());
                }
                without.set(step);
            }
        }
        Node node = path.get(earlier);
        if (!node.toTry.intersects(initials)) {
            node.toTry.set(initials.nextSetBit(0));
        }
    }
}
