import assert from 'node:assert/strict';
import {test} from 'node:test';

import {connect} from '@stowage/client';

import {control, URL_OF_EMULATOR} from '../support.js';
import {checkOutcome, invoke} from './invoke.js';
import {type Exchange, FILES, type Request, type Step, textOf, type Vector, type Who} from './vector.js';

let apps = 0;

/** An app on the emulator, and the keys of all who may ask. */
class Live {
  private constructor(
    readonly appId: string,
    readonly keys: Record<Who, string>,
  ) {}

  static async open(): Promise<Live> {
    const {appId, appKey} = await control.app(`vector-${process.pid}-${++apps}`);
    const install = await control.install({appId});
    const other = await control.install({appId});
    const gone = await control.install({appId});
    await control.uninstall(gone.installId);
    await control.setClock({now: '2026-01-31T12:00:00Z'}, appId);
    return new Live(appId, {
      install: install.apiKey,
      other: other.apiKey,
      app: appKey,
      uninstalled: gone.apiKey,
      nobody: `${'x'.repeat(27)}=`,
    });
  }

  async send(body: string, path: string, as: Who): Promise<{status: number; body: string}> {
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

/** Versions by their place: from the number that the vector has to the one that the service gave. */
class Versions {
  readonly #actual = new Map<number, number>([[0, 0]]);

  request({body}: Request): string {
    const json = JSON.parse(textOf(body)) as {ifVersion?: number};
    if (json.ifVersion === undefined) {
      return textOf(body);
    }
    return JSON.stringify({...json, ifVersion: this.#actual.get(json.ifVersion)});
  }

  answer(due: Record<string, unknown>, actual: Record<string, unknown>): void {
    if (typeof due['version'] === 'number' && typeof actual['version'] === 'number') {
      this.#actual.set(due['version'], actual['version']);
    }
  }
}

const NOT_COMPARED = ['version', 'currentVersion', 'detail'];

function compared(body: Record<string, unknown>): string {
  const members = Object.entries(body).filter(([name]) => !NOT_COMPARED.includes(name));
  return JSON.stringify(members.sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function exchange(live: Live, versions: Versions, {before, request, answer}: Exchange, as: Who): Promise<void> {
  await live.prepare(before);
  const actual = await live.send(versions.request(request), request.path, as);
  assert.equal(actual.status, answer.status, actual.body);
  const due = JSON.parse(textOf(answer.body)) as Record<string, unknown>;
  const body = JSON.parse(actual.body) as Record<string, unknown>;
  assert.equal(compared(body), compared(due));
  assert.equal(typeof body['version'], typeof due['version']);
  versions.answer(due, body);
}

const isAnswered = (vector: Vector): boolean => vector.emulator !== false && vector.exchanges.length > 0;

for (const {file, vectors} of FILES) {
  for (const vector of vectors.filter(isAnswered)) {
    test(`the emulator answers ${file}: ${vector.name}`, async () => {
      const live = await Live.open();
      await live.prepare(vector.given);
      const versions = new Versions();
      for (const each of vector.exchanges) {
        await exchange(live, versions, each, vector.as ?? 'install');
      }
    });

    if (vector.exchanges.every(({before}) => before === undefined)) {
      test(`this client on the emulator, ${file}: ${vector.name}`, async () => {
        const live = await Live.open();
        await live.prepare(vector.given);
        const stores = connect({url: URL_OF_EMULATOR, apiKey: live.keys[vector.as ?? 'install'], sdk: false});
        await checkOutcome(vector, invoke(stores, vector));
        stores.close();
      });
    }
  }
}
