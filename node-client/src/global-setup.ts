/**
 * The `globalSetup` of Jest and Vitest: starts one emulator for the whole run, puts its URL into STOWAGE_URL, where
 * `eachTest` finds it, and stops it after the run.
 */
import {startEmulator} from './emulator/startEmulator.js';

let stop: (() => Promise<void>) | undefined;

export async function setup(): Promise<void> {
  if (process.env['STOWAGE_URL'] === undefined || process.env['STOWAGE_URL'] === '') {
    const emulator = await startEmulator();
    process.env['STOWAGE_URL'] = emulator.url;
    stop = () => emulator.stop();
  }
}

export async function teardown(): Promise<void> {
  if (stop !== undefined) {
    await stop();
    stop = undefined;
    delete process.env['STOWAGE_URL'];
  }
}

/** Jest calls the default export only. The emulator then stops when Jest's process ends. */
export default setup;
