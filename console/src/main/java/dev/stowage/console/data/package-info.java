/** Apps, installs, stores and records. Open {@link dev.stowage.console.data.DataPages}. */
@NullMarked
package dev.stowage.console.data;

import org.jspecify.annotations.NullMarked;
