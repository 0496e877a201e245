// Runs the compiled tests, on one emulator for all of them, and never longer than ten minutes.
import {spawn} from 'node:child_process';
import {readdirSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

import {startEmulator} from '../dist/index.mjs';

const folder = fileURLToPath(new URL('../build/test', import.meta.url));
const wanted = process.argv[2] ?? '';
const files = readdirSync(folder, {recursive: true})
  .filter((file) => file.endsWith('.test.js') && file.includes(wanted))
  .map((file) => `${folder}/${file}`);

const emulator = await startEmulator();
const tests = spawn(
  process.execPath,
  ['--test', '--test-concurrency=2', '--test-timeout=300000', '--test-reporter=spec', ...files],
  {stdio: 'inherit', env: {...process.env, STOWAGE_URL: emulator.url}},
);
const limit = setTimeout(() => {
  console.error('The tests did not end within ten minutes and were ended.');
  tests.kill('SIGKILL');
}, 600_000);
const status = await new Promise((resolve) => {
  tests.once('close', (code) => resolve(code ?? 1));
});
clearTimeout(limit);
await emulator.stop();
process.exitCode = status;
