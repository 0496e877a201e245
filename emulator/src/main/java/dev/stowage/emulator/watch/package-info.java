/**
 * The seam where a test sees an app's operations with what they carry: {@link dev.stowage.emulator.watch.Watcher}. The journal
 * is for names and outcomes; this is for who needs the values, or must say no.
 */
@NullMarked
package dev.stowage.emulator.watch;

import org.jspecify.annotations.NullMarked;
