package dev.stowage.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method that is one of the actors of an {@link InterleavingTest} in its class; it may take the same parameters as a test.
 * The test's own method then runs when all actors have ended, to see what came of it.
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Actor {

    /** The test method that it acts in; every interleaving test of the class unless told. */
    String in() default "";
}
