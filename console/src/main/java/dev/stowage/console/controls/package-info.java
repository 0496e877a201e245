/** Time, faults, held operations and the lifecycle of installs. Open {@link dev.stowage.console.controls.ControlPages}. */
@NullMarked
package dev.stowage.console.controls;

import org.jspecify.annotations.NullMarked;
