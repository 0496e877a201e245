package dev.stowage.contract.run;

import java.util.List;

/**
 * A clause that does not hold, and how to see it.
 *
 * @param property the property that found it
 * @param binding false where the backend may choose otherwise
 * @param steps the shortest sequence that was found
 * @param always false where it shows only now and then
 * @param picture a drawing as HTML; empty where there is none
 */
public record Finding(
        String clause,
        String property,
        boolean binding,
        String message,
        List<Step> steps,
        boolean always,
        String picture) {

    /** How many operations it takes to see it. */
    public long calls() {
        return steps.stream().filter(step -> step.call() != null).count();
    }
}
