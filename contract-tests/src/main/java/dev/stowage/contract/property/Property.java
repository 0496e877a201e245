package dev.stowage.contract.property;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method that tests one clause. It takes a {@link Trial}, runs many times, each time with other values, and throws {@link ClauseViolation} if the clause does not hold. The texts here appear in the report.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Property {

    /** The clause's id. */
    String clause();

    /** What the property does, as a sentence that begins with "It" in the report. */
    String does();

    /** When it is skipped. */
    String skipped() default "never";

    /** Where to look for the cause when it fails. */
    String lookAt();

    /** True for the half of a <b>D</b> clause that this project decides. */
    boolean advisory() default false;

    /** Which other properties may run at the same time. */
    Lane lane() default Lane.PLAIN;

    /** The number of tries, in percent of the configured number. */
    int share() default 100;

    /** Groups of properties by what may run at the same time. */
    enum Lane {
        /** Runs in parallel with other properties. */
        PLAIN,
        /** Advances time, so these properties run one after the other, on a separate app. */
        TIME,
        /** Runs alone, so that all load on the backend is its own. */
        RACE,
        /** Restarts the backend, so these properties run alone, after all others, with a time limit of their own. */
        RESTART
    }
}
