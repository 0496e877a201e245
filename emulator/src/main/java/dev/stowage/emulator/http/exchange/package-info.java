/**
 * What all routes share: reading a request's body and token, writing a response, and turning an error into a problem document. Open
 * {@link dev.stowage.emulator.http.exchange.Route} and {@link dev.stowage.emulator.http.exchange.ProblemDocuments}.
 */
@NullMarked
package dev.stowage.emulator.http.exchange;

import org.jspecify.annotations.NullMarked;
