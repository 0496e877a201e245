/**
 * What every record store keeps: {@link dev.stowage.store.RecordStoreContract}. A store runs it before the contract of the storage, whose
 * properties rest on it, and then the contract on {@link dev.stowage.store.EmulatorsUnderTest}.
 */
@NullMarked
package dev.stowage.store;

import org.jspecify.annotations.NullMarked;
