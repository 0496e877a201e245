package dev.stowage.contract.run;

import dev.stowage.contract.property.PropertyMethod;
import java.time.Duration;
import java.util.List;

/**
 * The result of one property.
 *
 * @param planned how many tries were planned; more than {@code tries} if the run ended early
 * @param because why it was not checkable; empty if it was
 * @param findings the violations that it found
 */
public record PropertyResult(
        PropertyMethod property,
        Verdict verdict,
        int tries,
        long planned,
        String because,
        List<Finding> findings,
        Duration took) {

    /** The number of planned tries that were not made. */
    public long untried() {
        return Math.max(0, planned - tries);
    }
}
