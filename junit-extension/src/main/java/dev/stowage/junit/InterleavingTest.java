package dev.stowage.junit;

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
 * Runs a test once for every order of its actors' storage operations that can make a difference.
 *
 * <p>Orders that differ only in operations that commute (operations on different records, or reads) count as one. Each run has
 * its own stores. The test stops at the first order that fails, and the failure shows that order as a table and how to run it
 * again.
 *
 * <p>Actors are lambdas that the test adds to its {@link Actors} parameter, or methods with {@link Actor}. Only one actor runs
 * at a time. Actors must do the same in every run and share nothing but the storage: the order of accesses to shared memory is
 * not controlled.
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith(InterleavingExtension.class)
public @interface InterleavingTest {

    /** The maximum number of orders to run. A report entry says whether that was all of them. */
    int maxOrders() default 1_000;

    /** The token of one order, which a failed test prints: only that order runs. Default: all orders. */
    String replay() default "";

    /** How long an actor may take from one storage operation to the next, in milliseconds. */
    long deadlineMillis() default 5_000;
}
