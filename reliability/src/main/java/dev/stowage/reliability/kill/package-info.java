/**
 * Kills an emulator with a data directory under load, starts it again, and checks what it kept (chapter 12). Open {@link
 * dev.stowage.reliability.kill.KillRun}.
 */
@NullMarked
package dev.stowage.reliability.kill;

import org.jspecify.annotations.NullMarked;
