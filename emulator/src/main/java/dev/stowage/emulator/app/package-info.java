/**
 * What the packages that test an app know of it: {@link dev.stowage.emulator.app.AppUnderTest}. They get an app from
 * {@code Emulator.app}, or over HTTP by its id.
 */
@NullMarked
package dev.stowage.emulator.app;

import org.jspecify.annotations.NullMarked;
