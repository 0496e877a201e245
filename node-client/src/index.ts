/**
 * The stores of an app on the platform's SDK, connected to the emulator. Start with `connect`, and with `startEmulator`,
 * which starts an emulator. For tests see `@stowage/client/testing`.
 */
export {connect, type ConnectedStores, type ConnectOptions} from './connect.js';
export type {ApiKeys, ApiKeys as Keys, ContextLookup} from './apiKeys.js';
export {Control, type ControlOptions} from './control/control.js';
export type * from './control/types.js';
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
