/**
 * The stores of an app on the vendor's SDK, on the emulator: open `connect`, and `startEmulator`, which gives it the
 * emulator. Tests find more in `@stowage/client/testing`.
 */
export {connect, type ConnectedStores, type ConnectOptions} from './connect.js';
export type {ContextLookup, Keys} from './caller.js';
export {Control, type ControlOptions} from './control/control.js';
export type * from './control/wire.js';
export {ERROR_CODES, type ErrorCode, type ErrorDetails, StorageError} from './errors.js';
export {type Emulator, startEmulator, type StartOptions} from './emulator/startEmulator.js';
export type {Sdk} from './sdk.js';
export type {BaseKVStore, KVStore, StoreName, Stores} from './stores.js';
export {
  type KVHash,
  type KVPatchUpdater,
  type KVRowOptions,
  type KVValue,
  type MultiValue,
  NumberSet,
  type PatchUpdater,
  StringSet,
  type Value,
  type ValueHash,
} from './values.js';
export {VERSION} from './version.js';
