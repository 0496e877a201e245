/* A process that starts an emulator and then ends in the way that start.test.ts asks for. */
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
    throw new Error('an uncaught error');
  });
}

void run();
