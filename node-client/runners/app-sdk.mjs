// Runs the store tests of the platform's SDK against the emulator, from a checkout of its public source, which is not part of this
// project: node runners/app-sdk.mjs PATH. Needs the client built, and `npm install` here.
import {spawn} from 'node:child_process';
import {mkdir, mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

import ts from 'typescript';

import {startEmulator} from '../dist/index.mjs';

const [checkout] = process.argv.slice(2);
if (checkout === undefined) {
  console.error('Usage: node runners/app-sdk.mjs PATH, the path of a checkout of the SDK (its package.json is there).');
  process.exit(1);
}
const {name, version} = JSON.parse(await readFile(join(checkout, 'package.json'), 'utf8'));
if (name !== '@zaiusinc/app-sdk') {
  console.error(`${resolve(checkout)} is the package ${name}, not @zaiusinc/app-sdk.`);
  process.exit(1);
}

/** The classes whose tests are run: each becomes the emulator's store. */
const STORES = {LocalKVStore: 'kvStore', LocalStore: 'secrets'};
const client = fileURLToPath(new URL('../dist/index.js', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'stowage-app-sdk-'));
const emulator = await startEmulator();
try {
  await transpile(join(checkout, 'src/store'), join(folder, 'store'), (file) => file !== 'index.ts');
  await transpile(join(checkout, 'src/store/tests'), join(folder, 'store/tests'), (file) => /^Local(KV)?Store\.test\.ts$/.test(file));
  await writeFile(join(folder, 'store/index.js'), "module.exports = {...require('./NumberSet'), ...require('./StringSet')};\n");
  await mkdir(join(folder, 'logging'));
  await writeFile(join(folder, 'logging/index.js'), 'exports.logger = new Proxy({}, {get: () => () => undefined});\n');
  for (const [type, store] of Object.entries(STORES)) {
    await writeFile(join(folder, `store/${type}.js`), emulatorStore(type, store));
  }
  await writeFile(join(folder, 'package.json'), '{"jest": {"testEnvironment": "node"}}');
  console.log(`${name} ${version}: its own tests of ${Object.keys(STORES).join(' and ')}, with the emulator's stores`);
  process.exitCode = await jest();
} finally {
  await emulator.stop();
  await rm(folder, {recursive: true, force: true});
}

async function transpile(from, to, isWanted) {
  await mkdir(to, {recursive: true});
  for (const file of (await readdir(from)).filter((candidate) => candidate.endsWith('.ts') && isWanted(candidate))) {
    const source = await readFile(join(from, file), 'utf8');
    const {outputText} = ts.transpileModule(source.replace("import 'jest';", ''), {
      compilerOptions: {module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true},
    });
    await writeFile(join(to, file.replace('.ts', '.js')), outputText);
  }
}

/** A class with the name of the SDK's, each of whose instances is a store of an install of its own. */
function emulatorStore(type, store) {
  return `
const {connect, Control} = require(${JSON.stringify(client)});
const sdk = require('./index.js');
const control = new Control(${JSON.stringify(emulator.url)});
let instances = 0;
exports.${type} = class ${type} {
  constructor() {
    const key = control.install({appId: 'app-sdk-' + process.pid}).then((install) => install.apiKey);
    const installId = ++instances;
    const stores = connect({url: ${JSON.stringify(emulator.url)}, sdk, apiKeyFor: () => key, context: () => ({installId})});
    return new Proxy(stores.${store}, {getPrototypeOf: () => ${type}.prototype});
  }
};
`;
}

function jest() {
  const program = fileURLToPath(new URL('node_modules/jest29/bin/jest.js', import.meta.url));
  const running = spawn(process.execPath, [program, '--rootDir', folder, '--forceExit'], {stdio: 'inherit', cwd: folder});
  return new Promise((done) => {
    running.once('close', (code) => done(code ?? 1));
  });
}
