/**
 * The storage API: four stores, immutable values, one exception. Open {@link dev.stowage.storage.Storage} first, then {@link
 * dev.stowage.storage.KeyValueStore}.
 */
@NullMarked
package dev.stowage.storage;

import org.jspecify.annotations.NullMarked;
