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
 * Runs a test with each kind of fault at each storage operation of the app.
 *
 * <p>The test first runs twice without a fault, which counts the app's operations. Then it runs once for each kind of fault at
 * each operation (an <em>injection point</em>). Each run has its own stores and a readable name: {@code lostResponse at 3 of 5:
 * secrets.put utoken}.
 *
 * <p>Faults are injected into app calls: those through the test's {@code Storage}, its stores, or HTTP. Test calls, through
 * {@code Install.storage()}, are neither counted nor hit by a fault. A test whose expectation depends on the fault takes a
 * {@link SweptFault} as a parameter.
 *
 * <p>A run passes if the storage error that the fault caused leaves the test method, unless {@link #errorsMayEscape} is false.
 * Any other exception is a finding, and the run fails.
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith(FaultSweepExtension.class)
public @interface FaultSweep {

    /**
     * The kinds of fault to inject. A kind that cannot happen to an operation is skipped there. Default: every kind that a
     * platform that follows the contract can cause, which is all but {@code STALE_READ} and {@code DELAY}. {@code CONFLICT} is
     * injected only into writes that name a version (LIN-2), such as the write of an updater.
     */
    Fault.Kind[] faults() default {};

    /** The maximum number of runs with a fault. The name of the second run says how many were left out. */
    int maxRuns() default 500;

    /** Runs only one of the runs, by its name or the beginning of its name: {@code "lostResponse at 3"}. Default: all. */
    String only() default "";

    /** False if the app must handle every fault itself: a storage error that leaves the test method then fails the run. */
    boolean errorsMayEscape() default true;

    /** How long a {@code DELAY} fault delays an operation, in milliseconds. */
    long delayMillis() default 50;
}
