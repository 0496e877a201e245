package dev.stowage.contract.history;

import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.model.RecordState;
import dev.stowage.contract.model.ReferenceModel;
import dev.stowage.contract.model.UnspecifiedException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A history without an order, in a sentence and in few events. */
public final class HistoryExplanation {

    /** How many events around the one that is wrong are shown. */
    private static final int SHOWN = 14;

    private HistoryExplanation() {}

    /** The shortest beginning of an illegal history, by the ends of its calls, that is illegal by itself. */
    public static List<CallEvent> shortestIllegal(List<CallEvent> history, RecordState initial) {
        List<CallEvent> byEnd = history.stream()
                .sorted(Comparator.comparingLong(CallEvent::end))
                .toList();
        int low = 1;
        int high = byEnd.size();
        while (low < high) {
            int middle = (low + high) / 2;
            if (LinearizabilityChecker.check(upTo(byEnd, middle), initial).judgement()
                    == LinearizabilityChecker.Judgement.ILLEGAL) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return upTo(byEnd, high);
    }

    /** The first calls that ended; those that were under way then may have happened, so they stay without their answers. */
    private static List<CallEvent> upTo(List<CallEvent> byEnd, int count) {
        long end = byEnd.get(count - 1).end();
        List<CallEvent> beginning = new ArrayList<>(byEnd.subList(0, count));
        for (CallEvent event : byEnd.subList(count, byEnd.size())) {
            if (event.called() < end) {
                beginning.add(new CallEvent(event.client(), event.call(), null, event.called(), event.called()));
            }
        }
        return beginning;
    }

    /** Which call is wrong, and what it would have had to answer. */
    public static String sentence(LinearizabilityChecker.Result result) {
        CallEvent stuck = result.stuck();
        if (stuck == null) {
            return "no order explains these answers.";
        }
        String due;
        try {
            due = ReferenceModel.apply(result.reached(), stuck.call()).description();
        } catch (UnspecifiedException unspecified) {
            due = "something else";
        }
        return "of these calls the longest order that explains their answers ends with the record "
                + (result.reached().isMissing()
                        ? "missing"
                        : SuiteValues.abbreviated(result.reached().hash()))
                + "; client " + stuck.client() + "'s " + stuck.call() + " then had to answer " + due + ", and it "
                + stuck.response() + ". No order of them does better.";
    }

    /** The last events before and around the one that is wrong, in the order of their calls. */
    public static List<CallEvent> around(List<CallEvent> history) {
        List<CallEvent> byCall = history.stream()
                .sorted(Comparator.comparingLong(CallEvent::called))
                .toList();
        return byCall.subList(Math.max(0, byCall.size() - SHOWN), byCall.size());
    }
}
