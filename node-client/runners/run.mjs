// Tests the client with each supported version of Jest, Vitest and node:test, on each supported version of Node.js. Every run has
// two test files: one must pass, and one must fail with a message that names withApp. An argument selects the runs by name.
//
// If the frameworks cannot be installed here (offline, no build of Node.js for this platform), that is printed. With CI=true it
// is an error.
import {execFile, execFileSync} from 'node:child_process';
import {cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

import {startEmulator} from '../dist/index.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const client = join(here, '..');
const modules = join(here, 'node_modules');
const isWindows = process.platform === 'win32';

const NODES = ['node20', 'node22', 'node24'];
const FRAMEWORKS = [
  {name: 'jest29', nodes: NODES},
  {name: 'jest30', nodes: NODES},
  {name: 'vitest4', nodes: NODES},
  // Vitest 5 does not support Node.js 20.
  {name: 'vitest5', nodes: ['node22', 'node24']},
  {name: 'node:test', nodes: NODES},
];
const AT_ONCE = 2;

function install() {
  const installed = join(modules, '.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(here, 'package-lock.json')).mtimeMs) {
    return;
  }
  const options = {cwd: here, stdio: ['ignore', 'ignore', 'pipe'], shell: isWindows, timeout: 300_000};
  execFileSync(isWindows ? 'npm.cmd' : 'npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], options);
}

function nodeOf(name) {
  const file = join(modules, name, 'bin', isWindows ? 'node.exe' : 'node');
  execFileSync(file, ['--version'], {stdio: 'ignore'});
  return file;
}

/** Creates a project that has the client, the SDK and a framework installed. */
function createProject(framework) {
  const project = mkdtempSync(join(tmpdir(), 'stowage-runner-'));
  cpSync(join(here, 'project'), project, {recursive: true});
  const sdk = join(client, 'test', 'app-sdk');
  const installed = join(project, 'node_modules');
  mkdirSync(join(installed, '@stowage', 'client'), {recursive: true});
  cpSync(join(client, 'dist'), join(installed, '@stowage', 'client', 'dist'), {recursive: true});
  cpSync(join(client, 'package.json'), join(installed, '@stowage', 'client', 'package.json'));
  cpSync(sdk, join(installed, '@zaiusinc', 'app-sdk'), {recursive: true});
  cpSync(join(project, 'library'), join(installed, 'library'), {recursive: true});
  cpSync(sdk, join(installed, 'library', 'node_modules', '@zaiusinc', 'app-sdk'), {recursive: true});
  rmSync(join(project, 'library'), {recursive: true});
  if (framework.startsWith('vitest')) {
    symlinkSync(join(modules, framework), join(installed, 'vitest'), 'junction');
  }
  if (framework === 'node:test') {
    ['msw', 'nock'].forEach((name) => symlinkSync(join(modules, name), join(installed, name), 'junction'));
  }
  return project;
}

function execute(node, command, project, env) {
  return new Promise((resolve) => {
    execFile(node, command, {cwd: project, env, timeout: 120_000}, (failure, stdout, stderr) => {
      resolve({status: failure === null ? 0 : (failure.code ?? failure.signal), output: `${stdout}\n${stderr}`});
    });
  });
}

/** Runs all test files of Jest or Vitest in one process. Both report in the same JSON format. */
async function runFramework(node, framework, project, env) {
  const command = framework.startsWith('jest')
    ? [join(modules, framework, 'bin', 'jest.js'), '--ci', '--runInBand', '--json', '--outputFile=result.json']
    : [join(modules, framework, 'vitest.mjs'), 'run', '--reporter=json', '--outputFile=result.json'];
  const {output} = await execute(node, command, project, env);
  const report = join(project, 'result.json');
  if (!existsSync(report)) {
    return [`made no report:\n${output}`];
  }
  const files = JSON.parse(readFileSync(report, 'utf8')).testResults;
  const testsOf = (name) => files.filter((file) => file.name.includes(name)).flatMap((file) => file.assertionResults);
  const passing = testsOf('passing.');
  const concurrent = testsOf('concurrent.');
  const isAsExpected =
    passing.length > 4 &&
    passing.every(({status}) => status === 'passed') &&
    concurrent.length === 2 &&
    concurrent.some(({status, failureMessages}) => status === 'failed' && failureMessages.join().includes('stowage.withApp'));
  return isAsExpected ? [] : [`${JSON.stringify(files, undefined, 2)}\n${output}`];
}

async function runNodeTest(node, project, env) {
  const problems = [];
  for (const [name, status, text] of [['passing', 0, ''], ['blockers', 0, ''], ['watching-msw', 0, ''], ['watching-nock', 0, ''], ['concurrent', 1, 'stowage.withApp']]) {
    const result = await execute(node, ['--test', '--test-reporter=tap', `${name}.node.test.mjs`], project, env);
    if (result.status !== status || !result.output.includes(text)) {
      problems.push(`${name} tests ended with ${result.status}, expected ${status} and '${text}':\n${result.output}`);
    }
  }
  return problems;
}

async function run({framework, node, file, env}) {
  const project = createProject(framework);
  try {
    const problems =
      framework === 'node:test'
        ? await runNodeTest(file, project, env)
        : await runFramework(file, framework, project, env);
    console.log(`${problems.length === 0 ? 'ok    ' : 'FAILED'} ${framework} on ${node}`);
    return problems.map((problem) => `${framework} on ${node}: ${problem}`);
  } finally {
    rmSync(project, {recursive: true, force: true});
  }
}

async function runAll() {
  const runs = FRAMEWORKS.flatMap(({name: framework, nodes}) =>
    nodes.map((node) => ({framework, node, file: nodeOf(node)})),
  ).filter(({framework, node}) => `${framework} ${node}`.includes(process.argv[2] ?? ''));
  const emulator = await startEmulator();
  // Not the variables of this process that change how a framework runs.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('NODE_'));
  const env = {...Object.fromEntries(inherited), STOWAGE_URL: emulator.url, NO_COLOR: '1', FORCE_COLOR: '0'};
  const problems = [];
  const waiting = [...runs];
  await Promise.all(
    Array.from({length: AT_ONCE}, async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        problems.push(...(await run({...next, env})));
      }
    }),
  );
  await emulator.stop();
  return problems;
}

try {
  install();
  NODES.forEach(nodeOf);
} catch (problem) {
  const said = problem.stderr?.toString().trim().split('\n')[0] ?? '';
  console.log(`SKIPPED: the client was not tested with Jest, Vitest and other versions of Node.js, because they could not be installed. ${said || problem.message}`);
  process.exit(process.env.CI === 'true' ? 1 : 0);
}
const problems = await runAll();
problems.forEach((problem) => console.error(problem));
process.exitCode = problems.length === 0 ? 0 : 1;
