package dev.stowage.contract.run;

import dev.stowage.contract.property.Step;
import java.util.Comparator;
import java.util.List;

/**
 * A clause that does not hold, and the steps that show it.
 *
 * @param property the property that found it
 * @param binding false if the backend may choose otherwise
 * @param steps the shortest sequence that was found
 * @param reproducible false if the steps show it only intermittently
 * @param drawingHtml a drawing as HTML; empty if there is none
 */
public record Finding(
        String clause,
        String property,
        boolean binding,
        String message,
        List<Step> steps,
        boolean reproducible,
        String drawingHtml) {

    /** Binding findings first, then few calls before many, then reproducible before intermittent. */
    static final Comparator<Finding> CLEAREST_FIRST = Comparator.comparing((Finding finding) -> !finding.binding())
            .thenComparing(Finding::calls)
            .thenComparing(finding -> !finding.reproducible());

    /** The number of requests that show it. */
    public long calls() {
        return steps.stream().filter(Step::isRequest).count();
    }
}
