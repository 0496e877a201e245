/**
 * The storage API over the wire protocol, with the JDK's HTTP client: {@link dev.stowage.storage.http.HttpStorage}.
 */
@NullMarked
package dev.stowage.storage.http;

import org.jspecify.annotations.NullMarked;
