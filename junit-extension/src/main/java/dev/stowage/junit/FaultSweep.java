package dev.stowage.junit;

import dev.stowage.emulator.fault.Fault;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Runs a test twice as it is, counts the app's n storage operations, and runs it again for each kind of fault at each of the
 * n places. Each run has stores of its own and a name that one can read: {@code lostResponse at 3 of 5: secrets.put utoken}.
 *
 * <p>Counted and disturbed is what goes through the test's {@code Storage}, its stores, or HTTP: that is the app. What the
 * test arranges or looks at by {@code Install.storage()} is neither counted nor disturbed. A test that expects something else
 * under a fault takes a {@link SweptFault} as a parameter.
 *
 * <p>An error of the storage that the fault caused, and that reaches the test method's end, is an app's honest answer and
 * passes, unless {@link #errorsMayEscape} says otherwise. Whatever else a run throws is a finding.
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith(FaultSweepExtension.class)
public @interface FaultSweep {

    /**
     * The kinds of fault; those that can't happen to an operation pass it over. Unless told, all that a platform which keeps
     * the contract can do to an app: every kind but {@code STALE_READ} and {@code DELAY}.
     */
    Fault.Kind[] faults() default {};

    /** How many runs with a fault there are at the most; what was left out is said in the name of the second run. */
    int maxRuns() default 500;

    /** Just one of the runs, by its name or the beginning of it: {@code "lostResponse at 3"}. */
    String only() default "";

    /** False if the app must cope with every fault itself: then an error of the storage that gets out is a finding, too. */
    boolean errorsMayEscape() default true;

    /** How long an operation is delayed by a fault of that kind, in milliseconds. */
    long delayMillis() default 50;
}
