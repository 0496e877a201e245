/**
 * Backends over HTTP: an implementation of the wire protocol that shares no code with the client under test. Open {@link
 * dev.stowage.contract.http.HttpUnderTest}.
 */
@NullMarked
package dev.stowage.contract.http;

import org.jspecify.annotations.NullMarked;
