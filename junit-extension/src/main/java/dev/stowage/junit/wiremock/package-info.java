/**
 * Searches the requests that reach a WireMock server for stale values. Open {@link
 * dev.stowage.junit.wiremock.RequestWatch}. No other package depends on WireMock.
 */
@NullMarked
package dev.stowage.junit.wiremock;

import org.jspecify.annotations.NullMarked;
