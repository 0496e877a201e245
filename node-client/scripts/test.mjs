// Runs the compiled tests with one emulator, for at most ten minutes. An argument selects the files whose path contains it.
import {spawn} from 'node:child_process';
import {readdirSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

import {startEmulator} from '../dist/index.mjs';

const folder = fileURLToPath(new URL('../build/test', import.meta.url));
const filter = process.argv[2] ?? '';
const files = readdirSync(folder, {recursive: true})
  .filter((file) => file.endsWith('.test.js') && file.includes(filter))
  .map((file) => `${folder}/${file}`);

const emulator = await startEmulator();
const tests = spawn(
  process.execPath,
  ['--test', '--test-concurrency=2', '--test-timeout=300000', '--test-reporter=spec', ...files],
  {stdio: 'inherit', env: {...process.env, STOWAGE_URL: emulator.url}},
);
const limit = setTimeout(() => {
  console.error('The tests did not end within ten minutes and were stopped.');
  tests.kill('SIGKILL');
}, 600_000);
const status = await new Promise((resolve) => {
  tests.once('close', (code) => resolve(code ?? 1));
});
clearTimeout(limit);
await emulator.stop();
process.exitCode = status;
