/**
 * One emulator for a whole run of Jest or Vitest, as their `globalSetup`: it stands in STOWAGE_URL, where each process of
 * the run looks for it, and ends with the run.
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

/** Jest calls this alone; without a teardown of its own, the emulator ends with the process. */
export default setup;
