/**
 * What the suite says to a backend and what it hears: calls, answers and values, on the wire or in Java. Open {@link
 * dev.stowage.contract.call.Client}, then {@link dev.stowage.contract.call.Call} and {@link dev.stowage.contract.call.Answer}.
 */
@NullMarked
package dev.stowage.contract.call;

import org.jspecify.annotations.NullMarked;
