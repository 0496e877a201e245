package dev.stowage.junit.interleaving;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;

/**
 * Chooses the orders, one after the other, by dynamic partial-order reduction with source sets and sleep sets (Abdulla,
 * Aronis, Jonsson, Sagonas, 2014): it runs one order, looks which of its steps raced (they don't commute, and nothing
 * between them forces their order), and has each race go the other way round, unless that was tried. Sleep sets keep it from
 * coming back to an order that differs only in steps that commute. What is left out has the same outcome as something that
 * was run, provided that the actors share nothing but the storage.
 */
public final class Exploration implements SchedulingStrategy {

    /** The choice at one place: who may go, who went, and who need not go here again. */
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

        /** Who still sleeps behind the step that was chosen here. */
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

    /** How many orders were begun so far. */
    public int orders() {
        return orders;
    }

    /** Begins an order. */
    public void begin() {
        depth = 0;
        orders++;
    }

    /**
     * Who goes next.
     *
     * @param waiting every actor that has not ended, and what it wants to do
     * @throws ActorDivergenceException if an actor wants something else than it did in the same situation before
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

    /** What the chosen one has done. */
    @Override
    public void executed(ScheduledStep step) {
        path.get(depth).tried.put(step.actor(), step);
        depth++;
    }

    @Override
    public void allEnded() {
        if (depth < path.size()) {
            throw new ActorDivergenceException(
                    depth + 1, path.get(depth).waiting.toString(), "nothing more");
        }
    }

    /** Ends an order that was run whole, and moves on to the next. @return false if there is none */
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

    /** Up to where the order began to repeat another one; what races behind that, raced there, too. */
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
     * Has the later of two racing steps tried before the earlier one. For that, whatever led to the later one without the
     * earlier must come first: one of those who can begin with it is tried where the earlier one was chosen.
     */
    private void reverse(int earlier, int later, List<BitSet> causes) {
        BitSet without = new BitSet();
        BitSet beginners = new BitSet();
        for (int step = earlier + 1; step <= later; step++) {
            BitSet causesOfStep = causes.get(step);
            if (step == later || !causesOfStep.get(earlier)) {
                if (!causesOfStep.intersects(without)) {
                    beginners.set(path.get(step).step().actor());
                }
                without.set(step);
            }
        }
        Node node = path.get(earlier);
        if (!node.toTry.intersects(beginners)) {
            node.toTry.set(beginners.nextSetBit(0));
        }
    }
}
