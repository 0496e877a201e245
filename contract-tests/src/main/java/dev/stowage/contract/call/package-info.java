/**
 * Calls to a backend, their responses and values, on the wire or through the Java API. Open {@link
 * dev.stowage.contract.call.Client}, then {@link dev.stowage.contract.call.Call} and {@link dev.stowage.contract.call.Response}.
 */
@NullMarked
package dev.stowage.contract.call;

import org.jspecify.annotations.NullMarked;
