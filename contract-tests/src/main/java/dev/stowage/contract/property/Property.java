package dev.stowage.contract.property;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method that holds a backend to one clause: it takes a {@link Trial}, is run many times, each with other draws, and throws
 * {@link ClauseViolation} where the clause does not hold. The words here are for whoever reads the report.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Property {

    /** The clause's id. */
    String clause();

    /** What it does, in a sentence. */
    String does();

    /** When it is skipped. */
    String skipped() default "never";

    /** What to look at when it fails. */
    String lookAt();

    /** True for the half of a <b>D</b> clause that this project decides. */
    boolean advisory() default false;

    /** How it shares the backend with others. */
    Lane lane() default Lane.PLAIN;

    /** Which share of the usual number of tries it gets, in hundredths. */
    int share() default 100;

    /** How properties share the backend. */
    enum Lane {
        /** Beside any other. */
        PLAIN,
        /** Moves time, so one after the other, on an app of their own. */
        TIME,
        /** Alone: all the load is its own. */
        RACE
    }
}
