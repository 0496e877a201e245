/**
 * The journal: which operation was when, whose it was, and what came of it. Open {@link dev.stowage.console.requests.RequestPages}, and
 * {@link dev.stowage.console.requests.Lanes} for two clients that met on one record.
 */
@NullMarked
package dev.stowage.console.requests;

import org.jspecify.annotations.NullMarked;
