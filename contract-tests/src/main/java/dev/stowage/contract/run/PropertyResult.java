package dev.stowage.contract.run;

import dev.stowage.contract.property.PropertyMethod;
import java.time.Duration;
import java.util.List;

/**
 * What became of a property.
 *
 * @param because why it was not checkable; empty where it was
 * @param findings what it found, the clause that it is about first
 */
public record PropertyResult(
        PropertyMethod property, Verdict verdict, int tries, String because, List<Finding> findings, Duration took) {}
