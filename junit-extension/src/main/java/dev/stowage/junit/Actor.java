package dev.stowage.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a method as an actor of the {@link InterleavingTest}s in its class. The method may take the same parameters as a test.
 * The test method itself runs after all actors have ended and asserts on the result.
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Actor {

    /** The name of the test method that the actor belongs to. Default: every interleaving test of the class without an {@link
     * Actors} parameter. */
    String in() default "";
}
