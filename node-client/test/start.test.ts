import assert from 'node:assert/strict';
import {fork} from 'node:child_process';
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync} from 'node:fs';
import {createServer, type AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';

import {connect, startEmulator} from '@stowage/client';

import {refusalOf} from './support.js';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function endsWithin(milliseconds: number, pid: number): Promise<boolean> {
  for (let waited = 0; waited < milliseconds; waited += 25) {
    if (!isAlive(pid)) {
      return true;
    }
    await delay(25);
  }
  return false;
}

const remainingFiles = (pid: number): string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`stowage-${pid}-`));

test('an emulator starts with the given options, and stops without leaving files', async () => {
  const emulator = await startEmulator({app: 'shop', manualClock: '2026-01-31T12:00:00Z'});
  assert.match(emulator.url, /^http:\/\/127\.0\.0\.1:\d+$/);
  const stores = connect({...emulator, sdk: false});
  await stores.kvStore.put('k', {a: 1}, {ttl: 10});
  assert.deepEqual(await emulator.control.advanceClock(12), {now: '2026-01-31T12:00:12Z', mode: 'manual'});
  assert.equal(await stores.kvStore.exists('k'), false);
  assert.equal((await emulator.control.installs())[0]?.appId, 'shop');
  await emulator.stop();
  await emulator.stop();
  assert.equal(isAlive(emulator.pid), false);
  assert.deepEqual(remainingFiles(process.pid), []);
});

const archivesIn = (caches: string): string[] => readdirSync(join(caches, 'stowage'));

test('the first emulator leaves an archive of its classes, with which later ones start, on CI none', {skip: process.platform !== 'linux'}, async () => {
  const environment = {...process.env};
  const caches = mkdtempSync(join(tmpdir(), 'stowage-caches-'));
  process.env['XDG_CACHE_HOME'] = caches;
  try {
    mkdirSync(join(caches, 'stowage'));
    const old = join(caches, 'stowage', 'old.jsa');
    writeFileSync(old, '');
    utimesSync(old, 0, 0);
    process.env['CI'] = 'true';
    await (await startEmulator()).stop();
    assert.deepEqual(archivesIn(caches), ['old.jsa']);
    delete process.env['CI'];
    await (await startEmulator()).stop();
    const [archive, ...others] = archivesIn(caches);
    assert.match(archive ?? '', /^[0-9a-f]{16}\.jsa$/);
    assert.deepEqual(others, []);
    const second = await startEmulator();
    const maps = readFileSync(`/proc/${second.pid}/maps`, 'utf8');
    assert.ok(maps.includes(join(caches, 'stowage', archive ?? '')), maps);
    await second.stop();
    assert.deepEqual(archivesIn(caches), [archive]);
    // Broken, it is ignored.
    writeFileSync(join(caches, 'stowage', archive ?? ''), 'no archive');
    await (await startEmulator()).stop();
  } finally {
    process.env = environment;
    rmSync(caches, {recursive: true});
  }
});

test('with a data folder, keys and records are there after the emulator was killed', async () => {
  const data = join(mkdtempSync(join(tmpdir(), 'stowage-data-test-')), 'data');
  const options = {data, durability: 'disk', dataKey: Buffer.alloc(32, 7).toString('base64')} as const;
  const first = await startEmulator(options);
  await connect({...first, sdk: false}).secrets.put('token', {value: 'plain'});
  process.kill(first.pid, 'SIGKILL');
  await first.stop();
  const second = await startEmulator(options);
  assert.equal(second.apiKey, first.apiKey);
  assert.deepEqual(await connect({...second, sdk: false}).secrets.get('token'), {value: 'plain'});
  await second.stop();
  await assert.rejects(startEmulator({data}), /STOWAGE_DATA_KEY|key/);
  rmSync(join(data, '..'), {recursive: true});
});

for (const how of ['SIGKILL', 'SIGTERM', 'exit', 'uncaught'] as const) {
  test(`the emulator stops when the process that started it ends by ${how}`, async () => {
    const child = fork(`${__dirname}/start-child.js`, [how], {stdio: ['ignore', 'ignore', 'ignore', 'ipc'], timeout: 60_000});
    const pid = await new Promise<number>((resolve) => {
      child.once('message', (message) => {
        resolve(message as number);
      });
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    assert.ok(isAlive(pid));
    if (how.startsWith('SIG')) {
      child.kill(how as NodeJS.Signals);
    } else {
      child.send('end');
    }
    await ended;
    assert.ok(await endsWithin(20_000, pid), 'the emulator still runs');
    assert.deepEqual(remainingFiles(child.pid ?? 0), []);
  });
}

test('a running emulator does not keep the process alive', async () => {
  const child = fork(`${__dirname}/start-child.js`, ['idle'], {stdio: ['ignore', 'ignore', 'ignore', 'ipc'], timeout: 60_000});
  const pid = await new Promise<number>((resolve) => {
    child.once('message', (message) => {
      resolve(message as number);
    });
  });
  const status = await new Promise((resolve) => child.once('exit', resolve));
  assert.equal(status, 0);
  assert.ok(await endsWithin(20_000, pid));
});

test('the error of a failed start names the cause', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-test-'));
  const busy = createServer();
  await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
  const noJar = join(folder, 'no.jar');
  const notAJar = join(folder, 'text.jar');
  writeFileSync(notAJar, 'text');
  try {
    const failures: [Parameters<typeof startEmulator>[0], RegExp][] = [
      [{jar: noJar}, /jar was not found at.*STOWAGE_JAR/],
      [{jar: notAJar}, /did not start.*text\.jar/s],
      [{java: join(folder, 'java')}, /process could not be started.*ENOENT/],
      [{port: (busy.address() as AddressInfo).port}, /status 1.*in use/s],
      [{manualClock: 'yesterday'}, /yesterday/],
      [{startTimeoutMs: 1}, /within 1 ms.*startTimeoutMs/],
    ];
    for (const [options, message] of failures) {
      const refusal = await refusalOf(startEmulator(options));
      assert.equal(refusal.code, 'unavailable');
      assert.match(refusal.message, message);
    }
    assert.deepEqual(remainingFiles(process.pid), []);
  } finally {
    busy.close();
    rmSync(folder, {recursive: true});
  }
});
