/**
 * The storage API: four stores, immutable values and one exception. Start with {@link dev.stowage.storage.Storage}, then {@link
 * dev.stowage.storage.KeyValueStore}.
 */
@NullMarked
package dev.stowage.storage;

import org.jspecify.annotations.NullMarked;
