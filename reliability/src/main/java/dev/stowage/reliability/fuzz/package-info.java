/**
 * A fuzzer of the whole HTTP surface: every path of {@code openapi.yaml} with right, nearly right and wrong requests. Open {@link
 * dev.stowage.reliability.fuzz.Fuzzer}.
 */
@NullMarked
package dev.stowage.reliability.fuzz;

import org.jspecify.annotations.NullMarked;
