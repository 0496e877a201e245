/**
 * For tests of apps. Start with `eachTest`: it gives every test its own app on the emulator, and controls for the clock,
 * faults, the order of concurrent operations, reinstalls and the journal.
 */
export {eachTest, type EachTestOptions, type TestStorage, type TestStorage as StorageOfTests} from './testing/eachTest.js';
export type {Hook, Hooks} from './testing/hooks.js';
export {
  type Actors,
  InterleavingsError,
  type InterleavingsOptions,
  type InterleavingsReport,
} from './testing/interleavings.js';
export type {WatchRequestsOptions} from './testing/requestWatch.js';
export {
  type SweepFailure,
  type SweepFailure as Breakage,
  SweepError,
  type SweepOptions,
  type SweepReport,
  type SweptFault,
  type SweptKind,
} from './testing/sweep.js';
export type {Records, TestApp} from './testing/testApp.js';
export type {TestClock} from './testing/testClock.js';
export type {FaultMatch, FaultMatch as When, FaultOrKind, TestFaults} from './testing/testFaults.js';
export type {HoldMatch, TestHold} from './testing/testHold.js';
export type {TestEnvironmentOptions, TestEnvironmentOptions as HomeOptions} from './testing/testEnvironment.js';
