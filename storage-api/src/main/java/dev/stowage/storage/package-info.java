/**
 * What an app programs against: four stores, immutable values, one exception. Open {@link dev.stowage.storage.Storage}
 * first, then {@link dev.stowage.storage.KeyValueStore}; how an operation travels is the business of the packages below.
 */
@NullMarked
package dev.stowage.storage;

import org.jspecify.annotations.NullMarked;
