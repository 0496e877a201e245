package dev.stowage.contract.chapter;

import dev.stowage.contract.history.CallEvent;
import dev.stowage.contract.history.Disturbance;
import dev.stowage.contract.history.HistoryExplanation;
import dev.stowage.contract.history.LinearizabilityChecker;
import dev.stowage.contract.history.Timeline;
import dev.stowage.contract.model.RecordState;
import dev.stowage.contract.property.ClauseViolation;
import dev.stowage.contract.property.Trial;
import java.util.List;

/** The violation that the history of one record shows: its shortest illegal beginning, in words and as a timeline. */
final class HistoryViolation {

    private HistoryViolation() {}

    static ClauseViolation of(Trial trial, String clause, String key, List<CallEvent> illegal) {
        return of(trial, clause, key, illegal, List.of());
    }

    /** @param disturbances what happened to the backend, for the timeline */
    static ClauseViolation of(
            Trial trial, String clause, String key, List<CallEvent> illegal, List<Disturbance> disturbances) {
        List<CallEvent> shortest = HistoryExplanation.shortestIllegal(illegal, RecordState.MISSING);
        LinearizabilityChecker.Result explained = LinearizabilityChecker.check(shortest, RecordState.MISSING);
        return trial.violationAtKeys(clause, HistoryExplanation.sentence(explained), key)
                .withDrawing(Timeline.svg(HistoryExplanation.around(shortest), explained.stuck(), disturbances));
    }
}
