import {connect, type ErrorCode, type KVHash, NumberSet, StorageError, startEmulator, type ValueHash} from '@stowage/client';
import {type Callback, cloud9} from '@stowage/client/cloud9';
import {setup} from '@stowage/client/global-setup';
import {eachTest, type SweepReport, type TestApp} from '@stowage/client/testing';
import * as sdk from '@zaiusinc/app-sdk';

interface UToken extends ValueHash {
  token?: string;
  issued?: number;
}

interface Visits extends KVHash {
  days?: NumberSet;
  n?: number;
}

export async function run(url: string, apiKey: string): Promise<number> {
  const stores = connect({url, apiKey, sdk});
  sdk.initializeStores(stores);
  const done: true = await stores.secrets.put<UToken>('utoken', {token: 'x', issued: 1});
  const token: UToken = await stores.secrets.get<UToken>('utoken');
  const before: Visits = await stores.kvStore.patch<Visits>('visits', (previous, options) => {
    options.ttl = 60;
    return {...previous, n: (previous.n ?? 0) + 1, days: new NumberSet([1])};
  });
  const added = await stores.kvStore.addNumberMulti('visits', {days: [1, 2]});
  try {
    await stores.kvStore.append('visits', 'n', 1);
  } catch (error) {
    if (error instanceof StorageError) {
      const code: ErrorCode = error.code;
      return code === 'wrong_type' ? 1 : 0;
    }
  }
  // @ts-expect-error the base stores take no sets
  await stores.secrets.put('k', {s: new NumberSet()}, {ttl: 1});
  // @ts-expect-error an updater returns the record itself
  await stores.kvStore.patch<Visits>('visits', async (previous) => previous);
  return (added['days']?.size ?? 0) + (before.n ?? 0) + (done && token.issued ? 1 : 0);
}

export async function tests(): Promise<SweepReport> {
  const emulator = await startEmulator({app: 'a', manualClock: true});
  await emulator.stop();
  const stowage = eachTest({beforeEach: () => undefined, afterEach: () => undefined, sdk});
  await stowage.faults.arm('lostResponse', {store: 'secrets', operation: 'put'});
  const callback: Callback<object | null> = (error, data) => data ?? error;
  cloud9({url: emulator.url}).setAPIKey('key').getPersistentData('user', callback);
  await setup();
  return stowage.sweep(async (app: TestApp) => app.records());
}
