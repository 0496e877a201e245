package dev.stowage.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the stub of a vendor: a field of type {@code WireMockServer} or {@code WireMockExtension}, static or not. Requests that
 * reach it are searched for values that an install held before it was reinstalled, and a test whose app has sent one fails. While
 * several tests that name the same server run at once, nobody can tell whose request it was, and none is judged.
 */
@Documented
@Target({ElementType.FIELD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface WatchRequests {}
