import type {RenewedInstall} from '../control/types.js';
import type {TestApp} from './testApp.js';

/**
 * Calls `run` with the stores of an install that an exploration or a sweep has just made. When it returns, calls to them are
 * refused, and it rejects if one was not awaited, or if a stale value was used.
 */
export type RunOnApp = <T>(install: RenewedInstall, run: (app: TestApp) => Promise<T>) => Promise<T>;
