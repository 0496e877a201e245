/**
 * Backends over HTTP: the wire protocol as a stranger speaks it, written from its page. Open {@link
 * dev.stowage.contract.http.HttpUnderTest}.
 */
@NullMarked
package dev.stowage.contract.http;

import org.jspecify.annotations.NullMarked;
