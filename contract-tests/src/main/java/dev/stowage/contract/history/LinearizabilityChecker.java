package dev.stowage.contract.history;

import dev.stowage.contract.model.ExpectedResponse;
import dev.stowage.contract.model.RecordState;
import dev.stowage.contract.model.ReferenceModel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether the history of one record is linearizable (LIN-1): whether it has an order, consistent with real time, in which each response is right. The algorithm is Wing and Gong's with Lowe's cache of visited states. It takes any call that was called before the first remaining call ended, compares its response with the model, continues, and backtracks where no call fits. A call without a response may take effect at any time after it was called, or never.
 */
public final class LinearizabilityChecker {

    /** The three verdicts. */
    public enum Judgement {
        OK,
        ILLEGAL,
        /** There are more orders than can be tried. */
        UNKNOWN
    }

    /**
     * The result of a check.
     *
     * @param longest the longest order that explains a beginning of the history
     * @param stuck the first call that no order explains, by its end; null unless illegal
     */
    public record Result(
            Judgement judgement,
            List<CallEvent> longest,
            RecordState reached,
            @Nullable CallEvent stuck) {}

    private static final int MOST_STEPS = 60_000;

    private final List<CallEvent> events;
    private final Set<String> tried = new HashSet<>();
    private List<CallEvent> longest = List.of();
    private RecordState reached;
    private int steps;

    private LinearizabilityChecker(List<CallEvent> history, RecordState initial) {
        this.events = history.stream()
                .sorted(Comparator.comparingLong(CallEvent::called))
                .toList();
        this.reached = initial;
    }

    /** Judges the history of one record that was like this at the beginning. */
    public static Result check(List<CallEvent> history, RecordState initial) {
        return new LinearizabilityChecker(history, initial).judge(initial);
    }

    /** A state of the search: the calls taken so far, and the candidates for the next one. */
    private record Point(BitSet taken, RecordState state, List<CallEvent> order, Deque<Integer> candidates) {}

    private Result judge(RecordState initial) {
        Deque<Point> points = new ArrayDeque<>();
        points.push(point(new BitSet(), initial, List.of()));
        while (!points.isEmpty()) {
            Point point = points.peek();
            if (isExplained(point.taken())) {
                return new Result(Judgement.OK, point.order(), point.state(), null);
            }
            Integer candidate = point.candidates().poll();
            if (candidate == null) {
                points.pop();
                continue;
            }
            if (++steps > MOST_STEPS) {
                return new Result(Judgement.UNKNOWN, longest, reached, null);
            }
            Point next = tryNext(point, candidate);
            if (next != null) {
                points.push(next);
            }
        }
        return new Result(Judgement.ILLEGAL, longest, reached, firstUnexplained());
    }

    /** True if every call that has a response is in the order; calls without a response may be missing. */
    private boolean isExplained(BitSet taken) {
        for (int i = taken.nextClearBit(0); i < events.size(); i = taken.nextClearBit(i + 1)) {
            if (events.get(i).response() != null) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Point tryNext(Point point, int candidate) {
        CallEvent event = events.get(candidate);
        ExpectedResponse expected = ReferenceModel.apply(point.state(), event.call());
        if (event.response() != null && !expected.accepts(event.response())) {
            return null;
        }
        BitSet taken = (BitSet) point.taken().clone();
        taken.set(candidate);
        if (!tried.add(taken + expected.after().canonical())) {
            return null;
        }
        List<CallEvent> order = new ArrayList<>(point.order());
        order.add(event);
        if (answered(order) > answered(longest)) {
            longest = order;
            reached = expected.after();
        }
        return point(taken, expected.after(), order);
    }

    private static long answered(List<CallEvent> order) {
        return order.stream().filter(event -> event.response() != null).count();
    }

    /** The candidates for the next call: every remaining call that was called before the first remaining call ended. */
    private Point point(BitSet taken, RecordState state, List<CallEvent> order) {
        long firstEnd = Long.MAX_VALUE;
        for (int i = taken.nextClearBit(0); i < events.size(); i = taken.nextClearBit(i + 1)) {
            firstEnd = Math.min(firstEnd, events.get(i).end());
        }
        Deque<Integer> candidates = new ArrayDeque<>();
        Deque<Integer> unanswered = new ArrayDeque<>();
        for (int i = taken.nextClearBit(0);
                i < events.size() && events.get(i).called() <= firstEnd;
                i = taken.nextClearBit(i + 1)) {
            (events.get(i).response() == null ? unanswered : candidates).add(i);
        }
        candidates.addAll(unanswered);
        return new Point(taken, state, order, candidates);
    }

    /** Of the calls that the longest order leaves out, the one that ended first. */
    private @Nullable CallEvent firstUnexplained() {
        Set<CallEvent> explained = new HashSet<>(longest);
        return events.stream()
                .filter(event -> event.response() != null && !explained.contains(event))
                .min(Comparator.comparingLong(CallEvent::returned))
                .orElse(null);
    }
}
