package dev.stowage.contract.run;

import dev.stowage.contract.property.Step;
import java.util.Comparator;
import java.util.List;

/**
 * A clause that does not hold, and how to see it.
 *
 * @param property the property that found it
 * @param binding false where the backend may choose otherwise
 * @param steps the shortest sequence that was found
 * @param reproducible false where it shows only now and then
 * @param drawingHtml a drawing as HTML; empty where there is none
 */
public record Finding(
        String clause,
        String property,
        boolean binding,
        String message,
        List<Step> steps,
        boolean reproducible,
        String drawingHtml) {

    /** What counts before what is only advice, few calls before many, what shows always before what shows now and then. */
    static final Comparator<Finding> CLEAREST_FIRST = Comparator.comparing((Finding finding) -> !finding.binding())
            .thenComparing(Finding::calls)
            .thenComparing(finding -> !finding.reproducible());

    /** How many requests it takes to see it. */
    public long calls() {
        return steps.stream().filter(Step::isRequest).count();
    }
}
