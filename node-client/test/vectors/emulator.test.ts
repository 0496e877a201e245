import assert from 'node:assert/strict';
import {test} from 'node:test';

import {connect} from '@stowage/client';

import {control, URL_OF_EMULATOR} from '../support.js';
import {checkOutcome, invoke} from './invoke.js';
import {type Exchange, FILES, type Request, type Step, textOf, type Vector, type Principal} from './vector.js';

let apps = 0;

/** An app on the emulator, and the keys of all principals. */
class VectorApp {
  private constructor(
    readonly appId: string,
    readonly keys: Record<Principal, string>,
  ) {}

  static async open(): Promise<VectorApp> {
    const {appId, appKey} = await control.app(`vector-${process.pid}-${++apps}`);
    const install = await control.install({appId});
    const other = await control.install({appId});
    const uninstalled = await control.install({appId});
    await control.uninstall(uninstalled.installId);
    await control.setClock({now: '2026-01-31T12:00:00Z'}, appId);
    return new VectorApp(appId, {
      install: install.apiKey,
      other: other.apiKey,
      app: appKey,
      uninstalled: uninstalled.apiKey,
      nobody: `${'x'.repeat(27)}=`,
    });
  }

  async send(body: string, path: string, as: Principal): Promise<{status: number; body: string}> {
    const headers = {Authorization: `Bearer ${this.keys[as]}`};
    const response = await fetch(URL_OF_EMULATOR + path, {method: 'POST', headers, body});
    return {status: response.status, body: await response.text()};
  }

  async prepare(steps: readonly Step[] = []): Promise<void> {
    for (const step of steps) {
      if ('advanceSeconds' in step) {
        await control.advanceClock(step.advanceSeconds, this.appId);
      } else {
        const answer = await this.send(textOf(step.request.body), step.request.path, step.as ?? 'install');
        assert.equal(answer.status, 200, answer.body);
      }
    }
  }
}

/** Maps the version numbers of a vector to those of the service. */
class Versions {
  readonly #actual = new Map<number, number>([[0, 0]]);

  request({body}: Request): string {
    const json = JSON.parse(textOf(body)) as {ifVersion?: number};
    if (json.ifVersion === undefined) {
      return textOf(body);
    }
    return JSON.stringify({...json, ifVersion: this.#actual.get(json.ifVersion)});
  }

  remember(expected: Record<string, unknown>, actual: Record<string, unknown>): void {
    if (typeof expected['version'] === 'number' && typeof actual['version'] === 'number') {
      this.#actual.set(expected['version'], actual['version']);
    }
  }
}

const NOT_COMPARED = ['version', 'currentVersion', 'detail'];

function compared(body: Record<string, unknown>): string {
  const members = Object.entries(body).filter(([name]) => !NOT_COMPARED.includes(name));
  return JSON.stringify(members.sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function exchange(app: VectorApp, versions: Versions, {before, request, answer}: Exchange, as: Principal): Promise<void> {
  await app.prepare(before);
  const actual = await app.send(versions.request(request), request.path, as);
  assert.equal(actual.status, answer.status, actual.body);
  const expected = JSON.parse(textOf(answer.body)) as Record<string, unknown>;
  const body = JSON.parse(actual.body) as Record<string, unknown>;
  assert.equal(compared(body), compared(expected));
  assert.equal(typeof body['version'], typeof expected['version']);
  versions.remember(expected, body);
}

const isForEmulator = (vector: Vector): boolean => vector.emulator !== false && vector.exchanges.length > 0;

for (const {file, vectors} of FILES) {
  for (const vector of vectors.filter(isForEmulator)) {
    test(`the emulator, ${file}: ${vector.name}`, async () => {
      const app = await VectorApp.open();
      await app.prepare(vector.given);
      const versions = new Versions();
      for (const each of vector.exchanges) {
        await exchange(app, versions, each, vector.as ?? 'install');
      }
    });

    if (vector.exchanges.every(({before}) => before === undefined)) {
      test(`this client on the emulator, ${file}: ${vector.name}`, async () => {
        const app = await VectorApp.open();
        await app.prepare(vector.given);
        const stores = connect({url: URL_OF_EMULATOR, apiKey: app.keys[vector.as ?? 'install'], sdk: false});
        await checkOutcome(vector, invoke(stores, vector));
        stores.close();
      });
    }
  }
}
