/**
 * What every record store keeps: {@link dev.stowage.store.RecordStoreContract}. A store runs it before the contract of the storage, whose
 * properties rest on it.
 */
@NullMarked
package dev.stowage.store;

import org.jspecify.annotations.NullMarked;
