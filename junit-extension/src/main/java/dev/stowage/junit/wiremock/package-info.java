/**
 * Sees the requests that reach a vendor's stub: {@link dev.stowage.junit.wiremock.RequestWatch}. The only package that knows
 * WireMock, and loaded only for tests that name a stub.
 */
@NullMarked
package dev.stowage.junit.wiremock;

import org.jspecify.annotations.NullMarked;
