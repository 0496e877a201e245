package dev.stowage.contract.run;

import dev.stowage.contract.property.PropertyMethod;
import java.time.Duration;
import java.util.List;

/**
 * The result of one property.
 *
 * @param because why it was not checkable; empty if it was
 * @param findings the violations that it found
 */
public record PropertyResult(
        PropertyMethod property, Verdict verdict, int tries, String because, List<Finding> findings, Duration took) {}
