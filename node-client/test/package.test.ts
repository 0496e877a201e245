import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, relative, resolve, sep} from 'node:path';
import {after, before, test} from 'node:test';
import {promisify} from 'node:util';

import {VERSION} from '@stowage/client';

import {ownApp, URL_OF_EMULATOR} from './support.js';

const exec = promisify(execFile);
const packageFolder = resolve(__dirname, '..', '..');
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** A project with the packed package installed, outside of this repository. */
let project: string;

before(async () => {
  project = mkdtempSync(join(tmpdir(), 'stowage-consumer-'));
  const folder = mkdtempSync(join(tmpdir(), 'stowage-package-'));
  try {
    for (const name of ['package.json', 'README.md', 'dist', 'src', 'scripts', 'test', 'runners/package.json']) {
      cpSync(join(packageFolder, name), join(folder, name), {recursive: true});
    }
    await exec(process.execPath, [join(packageFolder, 'scripts', 'bundle.mjs'), 'add', folder]);
    // A copy, and without scripts, because prepack would rebuild the files that concurrent tests are using.
    await exec(npm, ['pack', '--ignore-scripts', '--pack-destination', project], {cwd: folder});
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
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

/** The files that the compiler makes of the sources. */
function compiledFiles(): string[] {
  return filesIn(join(packageFolder, 'src')).flatMap((name) => {
    const path = `dist/${name}`;
    return name.endsWith('.mts')
      ? [path.replace(/\.mts$/, '.mjs'), path.replace(/\.mts$/, '.d.mts')]
      : [path.replace(/\.ts$/, '.js'), path.replace(/\.ts$/, '.d.ts')];
  });
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

test('the package has no dependencies, and exactly the files that it needs', () => {
  assert.deepEqual(readdirSync(join(project, 'node_modules', '@stowage')), ['client']);
  const notice = existsSync(join(packageFolder, '..', 'NOTICE')) ? ['NOTICE'] : [];
  assert.deepEqual(
    filesIn(join(project, 'node_modules', '@stowage', 'client')).sort(),
    ['LICENSE', ...notice, 'README.md', 'package.json', 'stowage.jar', ...compiledFiles()].sort(),
  );
});

test('publishing fails while the repository is the placeholder, and the message says how to set it', async () => {
  const script = join(packageFolder, 'scripts', 'check-repository.mjs');
  await assert.rejects(exec(process.execPath, [script]), (failure: {code?: number; stderr?: string}) => {
    assert.equal(failure.code, 1);
    assert.match(failure.stderr ?? '', /npm pkg set repository\.url=git\+https:\/\/github\.com\//);
    return true;
  });
});

test('the package has what a release with provenance needs', () => {
  const path = join(project, 'node_modules', '@stowage', 'client', 'package.json');
  const json = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  assert.match((json['repository'] as {url: string}).url, /^git\+https:\/\/.+\.git$/);
  assert.equal((json['repository'] as {directory: string}).directory, 'node-client');
  assert.deepEqual(json['publishConfig'], {access: 'public', provenance: true});
  assert.equal(json['license'], 'Apache-2.0');
  assert.equal((json['engines'] as {node: string}).node, '>=20');
  assert.ok((json['keywords'] as string[]).includes('optimizely'));
  assert.equal(json['dependencies'], undefined);
  assert.equal(json['version'], VERSION);
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
