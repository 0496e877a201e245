/**
 * The storage API over HTTP, with the JDK's HTTP client. Start with {@link dev.stowage.storage.http.HttpStorage}.
 */
@NullMarked
package dev.stowage.storage.http;

import org.jspecify.annotations.NullMarked;
