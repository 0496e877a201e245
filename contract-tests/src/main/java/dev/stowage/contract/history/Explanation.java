package dev.stowage.contract.history;

import dev.stowage.contract.call.Values;
import dev.stowage.contract.model.RecordState;
import dev.stowage.contract.model.Reference;
import dev.stowage.contract.model.Unspecified;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A history without an order, in a sentence and in few events. */
public final class Explanation {

    /** How many events around the one that is wrong are shown. */
    private static final int SHOWN = 14;

    private Explanation() {}

    /** The shortest beginning of an illegal history, by the ends of its calls, that is illegal by itself. */
    public static List<Event> shortestIllegal(List<Event> history, RecordState initial) {
        List<Event> byEnd =
                history.stream().sorted(Comparator.comparingLong(Event::end)).toList();
        int low = 1;
        int high = byEnd.size();
        while (low < high) {
            int middle = (low + high) / 2;
            if (Linearizability.check(upTo(byEnd, middle), initial).judgement() == Linearizability.Judgement.ILLEGAL) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return upTo(byEnd, high);
    }

    /** The first calls that ended; those that were under way then may have happened, so they stay without their answers. */
    private static List<Event> upTo(List<Event> byEnd, int count) {
        long end = byEnd.get(count - 1).end();
        List<Event> beginning = new ArrayList<>(byEnd.subList(0, count));
        for (Event event : byEnd.subList(count, byEnd.size())) {
            if (event.called() < end) {
                beginning.add(new Event(event.client(), event.call(), null, event.called(), event.called()));
            }
        }
        return beginning;
    }

    /** Which call is wrong, and what it would have had to answer. */
    public static String sentence(Linearizability.Result result) {
        Event stuck = result.stuck();
        if (stuck == null) {
            return "no order explains these answers.";
        }
        String due;
        try {
            due = Reference.apply(result.reached(), stuck.call()).words();
        } catch (Unspecified unspecified) {
            due = "something else";
        }
        return "of these calls the longest order that explains their answers ends with the record "
                + (result.reached().isMissing()
                        ? "missing"
                        : Values.brief(result.reached().hash()))
                + "; client " + stuck.client() + "'s " + stuck.call() + " then had to answer " + due + ", and it "
                + stuck.answer() + ". No order of them does better.";
    }

    /** The last events before and around the one that is wrong, in the order of their calls. */
    public static List<Event> around(List<Event> history) {
        List<Event> byCall =
                history.stream().sorted(Comparator.comparingLong(Event::called)).toList();
        return byCall.subList(Math.max(0, byCall.size() - SHOWN), byCall.size());
    }
}
