import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {cpSync, mkdirSync, rmSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {test} from 'node:test';
import {promisify} from 'node:util';

import {URL_OF_EMULATOR} from './support.js';

const exec = promisify(execFile);
const packageFolder = resolve(__dirname, '..', '..');
const description = '../emulator/src/main/resources/dev/stowage/emulator/http/openapi.yaml';

/** Runs the program of a development dependency in the package's folder. */
async function run(program: readonly [string, ...string[]], ...args: string[]): Promise<string> {
  const {stdout} = await exec(process.execPath, [join(packageFolder, 'node_modules', ...program), ...args], {
    cwd: packageFolder,
    env: {...process.env, STOWAGE_URL: URL_OF_EMULATOR, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true'},
  });
  return stdout;
}

test('the linter finds nothing in openapi.yaml', async () => {
  const report = await run(['@redocly', 'cli', 'bin', 'cli.js'], 'lint', description, '--format=json');
  const {totals} = JSON.parse(report.slice(report.indexOf('{'))) as {totals: {errors: number; warnings: number}};
  assert.equal(totals.errors, 0);
  assert.equal(totals.warnings, 0, report);
});

test('a client that is generated from openapi.yaml compiles, and its calls work', async () => {
  // Inside the package, where the generated client finds openapi-fetch.
  const folder = join(packageFolder, 'build', 'openapi');
  rmSync(folder, {recursive: true, force: true});
  mkdirSync(folder, {recursive: true});
  cpSync(join(packageFolder, 'test', 'consumers', 'openapi'), folder, {recursive: true});
  await run(['openapi-typescript', 'bin', 'cli.js'], description, '--output', join(folder, 'stowage.d.ts'));
  const strict = ['--strict', '--noUncheckedIndexedAccess', '--exactOptionalPropertyTypes', '--noUnusedLocals'];
  const modules = ['--target', 'es2022', '--module', 'node16', '--moduleResolution', 'node16', '--types', 'node'];
  await run(['typescript', 'bin', 'tsc'], ...strict, ...modules, join(folder, 'calls.mts'));
  const {stdout} = await exec(process.execPath, [join(folder, 'calls.mjs')], {env: {...process.env, STOWAGE_URL: URL_OF_EMULATOR}});
  assert.match(stdout, /every call had its result/);
});
