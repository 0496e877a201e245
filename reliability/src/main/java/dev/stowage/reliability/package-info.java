/**
 * Programs that try to break a running emulator. Open {@link dev.stowage.reliability.Main}, which lists them; docs/reliability.md has
 * the last results.
 */
@NullMarked
package dev.stowage.reliability;

import org.jspecify.annotations.NullMarked;
