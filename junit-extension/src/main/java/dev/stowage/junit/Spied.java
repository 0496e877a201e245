package dev.stowage.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a parameter of type {@code Storage}, {@code KeyValueStore} or {@code BaseStore} a Mockito spy on the test's own storage or
 * store. Calls are passed on to the emulator as app calls, unless the test stubs them.
 *
 * <pre>{@code
 * @Test
 * void countsWithPatch(Storage storage, @Spied KeyValueStore kv) {
 *     new Visits(storage).count("home");
 *     verify(kv).patch(eq("home"), any(UnaryOperator.class));
 *     verify(kv, never()).put(any(), any(Hash.class));
 * }
 * }</pre>
 *
 * <p>In a test that spies a store, every reference to that store is the spy: {@code storage.kvStore()} returns it, and so do the
 * parameters of the constructor and of {@code @BeforeEach} methods. Each test, and each run of a sweep or an interleaving test, has
 * its own spy. {@code MockitoExtension} reports unused stubs of the spy; in sweeps and interleaving tests it does not, because a run
 * may end before the stubbed call.
 *
 * <p>It requires Mockito 5 with its default (inline) mock maker on the class path.
 */
@Documented
@Target({ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Spied {}
