package dev.stowage.contract.history;

import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.model.RecordState;
import dev.stowage.contract.model.ReferenceModel;
import dev.stowage.contract.model.UnspecifiedException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Explains a history that is not linearizable, in a sentence and in few events. */
public final class HistoryExplanation {

    /** How many events before the wrong one are shown. */
    private static final int SHOWN = 14;

    private HistoryExplanation() {}

    /** The shortest prefix of an illegal history, ordered by the ends of its calls, that is illegal by itself. */
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

    /** The calls that ended first. Calls that were in progress then may have taken effect, so they stay, without their responses. */
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

    /** Which call is wrong, and what it should have returned. */
    public static String sentence(LinearizabilityChecker.Result result) {
        CallEvent stuck = result.stuck();
        if (stuck == null) {
            return "No sequential order of these calls explains all results.";
        }
        String expected;
        try {
            expected = ReferenceModel.apply(result.reached(), stuck.call()).description();
        } catch (UnspecifiedException unspecified) {
            expected = "something else";
        }
        return "No sequential order of these calls explains all results. The longest consistent order ends with"
                + " the record "
                + (result.reached().isMissing()
                        ? "missing"
                        : SuiteValues.abbreviated(result.reached().hash()))
                + "; then client " + stuck.client() + "'s " + stuck.call() + ": expected " + expected + " but was "
                + Objects.requireNonNull(stuck.response()).description() + ".";
    }

    /** The last events up to the wrong one, ordered by call time. */
    public static List<CallEvent> around(List<CallEvent> history) {
        List<CallEvent> byCall = history.stream()
                .sorted(Comparator.comparingLong(CallEvent::called))
                .toList();
        return byCall.subList(Math.max(0, byCall.size() - SHOWN), byCall.size());
    }
}
