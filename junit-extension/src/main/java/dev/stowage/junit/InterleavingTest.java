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
 * Runs a test once for every order of its actors' storage operations that can make a difference; two orders that differ only
 * in operations that commute (on other records, or reads) are one. Each run has stores of its own. It stops at the first order
 * that fails, and says in columns who did what, and how to run just that order again.
 *
 * <p>The actors are lambdas, given to the parameter {@link Actors}, or methods with {@link Actor}. Between two operations an
 * actor runs alone. Actors must do the same each time, and may share nothing but the storage: what they share in memory is
 * not put in order.
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith(InterleavingExtension.class)
public @interface InterleavingTest {

    /** How many orders are run at the most. A report entry says whether they were all there are. */
    int maxOrders() default 1_000;

    /** The token of one order, to run that one alone. */
    String replay() default "";

    /** How long an actor may take from one storage operation to the next, in milliseconds. */
    long deadlineMillis() default 5_000;
}
