/**
 * For tests of apps: open `eachTest`, which gives every test an app of its own on the emulator, with time, faults,
 * reinstalls and journal in the test's hands.
 */
export {eachTest, type EachTestOptions, type StorageOfTests} from './testing/eachTest.js';
export type {Hook, Hooks} from './testing/hooks.js';
export {type Breakage, SweepError, type SweepOptions, type SweepReport, type SweptKind} from './testing/sweep.js';
export type {Records, TestApp} from './testing/testApp.js';
export type {TestClock} from './testing/testClock.js';
export type {FaultOrKind, TestFaults, When} from './testing/testFaults.js';
export type {HomeOptions} from './testing/testHome.js';
