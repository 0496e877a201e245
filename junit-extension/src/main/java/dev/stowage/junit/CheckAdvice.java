package dev.stowage.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Looks at the app's operations for broken best practices, in one test or in all of a class, as {@link StorageEmulatorBuilder#advice} does. */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface CheckAdvice {

    AdviceMode value() default AdviceMode.FAIL;

    /** The ids of practices that are not looked at, {@code no-ttl}; for one key, {@code no-ttl:session}. */
    String[] off() default {};
}
