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
 * Whether the history of one record has an order, consistent with real time, in which each answer is right (LIN-1). The algorithm of
 * Wing and Gong with Lowe's memory of what was tried: take any call that no other had ended before, see whether the model gives
 * its answer, go on; go back where none does. A call without an answer may be taken at any time after it was called, or never.
 */
public final class LinearizabilityChecker {

    /** The three verdicts. */
    public enum Judgement {
        OK,
        ILLEGAL,
        /** There were more orders to try than is reasonable. */
        UNKNOWN
    }

    /**
     * What was found.
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

    /** A point of the search: what was taken so far, and what is to be tried next. */
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

    /** Every call that was answered has its place; those without an answer need none. */
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

    /** What may come next: everything that was called before the first end of what is left. */
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
