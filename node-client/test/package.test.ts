import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {after, before, test} from 'node:test';
import {promisify} from 'node:util';

import {ownApp, URL_OF_EMULATOR} from './support.js';

const exec = promisify(execFile);
const packageFolder = resolve(__dirname, '..', '..');
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** A project with the packed package installed, outside of this repository. */
let project: string;

before(async () => {
  project = mkdtempSync(join(tmpdir(), 'stowage-consumer-'));
  // Without scripts, because prepack would rebuild the files that concurrent tests are using.
  await exec(npm, ['pack', '--ignore-scripts', '--pack-destination', project], {cwd: packageFolder});
  const [tarball] = readdirSync(project);
  writeFileSync(join(project, 'package.json'), '{"name": "consumer", "private": true}');
  const install = ['install', '--offline', '--no-audit', '--no-fund', '--no-save', `./${tarball ?? ''}`];
  await exec(npm, install, {cwd: project});
  cpSync(join(packageFolder, 'test', 'app-sdk'), join(project, 'node_modules', '@zaiusinc', 'app-sdk'), {recursive: true});
  cpSync(join(packageFolder, 'test', 'consumers'), project, {recursive: true});
  // The same file as an ES module.
  cpSync(join(project, 'typed.ts'), join(project, 'typed.mts'));
});

after(() => {
  rmSync(project, {recursive: true, force: true});
});

test('the package has no dependencies, and no files but those it needs', () => {
  assert.deepEqual(readdirSync(join(project, 'node_modules', '@stowage')), ['client']);
  const inside = readdirSync(join(project, 'node_modules', '@stowage', 'client'));
  assert.deepEqual(inside.filter((name) => name !== 'stowage.jar').sort(), ['README.md', 'dist', 'package.json']);
});

for (const consumer of ['esm.mjs', 'commonjs.cjs']) {
  test(`${consumer} can import and use the package`, async () => {
    const {install} = await ownApp();
    await exec(process.execPath, [consumer], {
      cwd: project,
      env: {...process.env, STOWAGE_URL: URL_OF_EMULATOR, API_KEY: install.apiKey},
    });
  });
}

const RESOLUTIONS = [
  ['node16', ['--module', 'node16', '--moduleResolution', 'node16'], ['typed.ts', 'typed.mts']],
  ['bundler', ['--module', 'esnext', '--moduleResolution', 'bundler', '--skipLibCheck'], ['typed.ts']],
] as const;

for (const [name, options, files] of RESOLUTIONS) {
  test(`a consumer compiles in strict TypeScript with module resolution ${name}`, async () => {
    const tsc = join(packageFolder, 'node_modules', 'typescript', 'bin', 'tsc');
    const types = ['--lib', 'es2022', '--typeRoots', join(packageFolder, 'node_modules', '@types'), '--types', 'node'];
    const strict = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--target', 'es2022', ...types];
    await exec(process.execPath, [tsc, ...strict, ...options, ...files], {cwd: project}).catch((failure: unknown) => {
      assert.fail((failure as {stdout: string}).stdout);
    });
  });
}
