/* A test run that start.test.ts lets end in some way. */
import {startEmulator} from '@stowage/client';

async function run(): Promise<void> {
  const emulator = await startEmulator();
  process.send?.(emulator.pid);
  if (process.argv[2] === 'idle') {
    process.disconnect();
    return;
  }
  process.once('message', () => {
    if (process.argv[2] === 'exit') {
      process.exit(3);
    }
    throw new Error('nobody catches this');
  });
}

void run();
