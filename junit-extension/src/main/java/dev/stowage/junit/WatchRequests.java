package dev.stowage.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Searches the requests that reach the stub of a vendor for stale values. Put it on a field, static or not, of type {@code
 * WireMockServer} or {@code WireMockExtension}. A test fails if its app sends a value that an install held before it was
 * reinstalled. While several tests with the same server run at once, their requests cannot be told apart and are not checked.
 * With {@link StorageEmulatorBuilder#ignoreStaleValues()} it has no effect, and is refused.
 */
@Documented
@Target({ElementType.FIELD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface WatchRequests {}
