/**
 * Creates Mockito spies on stores. Open {@link dev.stowage.junit.mockito.StorageSpies}. No other package depends on Mockito.
 */
@NullMarked
package dev.stowage.junit.mockito;

import org.jspecify.annotations.NullMarked;
