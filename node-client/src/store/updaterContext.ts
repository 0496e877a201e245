import {AsyncLocalStorage} from 'node:async_hooks';

import {StorageError} from '../errors.js';
import {type Call, describeCall, detailsOf} from './call.js';

/** A patch whose updater is running, or has run and whose write has not succeeded yet. */
export interface RunningPatch {
  readonly store: string;
  readonly key: string;
  /** The owner of the record. */
  readonly partition: string;
  isCompleted: boolean;
  /** The error of the first write to the same record from inside the updater. */
  violation?: StorageError;
}

const runningPatches = new AsyncLocalStorage<readonly RunningPatch[]>();

/** Calls an updater, so that writes from inside of it can be recognized. */
export function callInsideOf<T>(patch: RunningPatch, updater: () => T): T {
  return runningPatches.run([...(runningPatches.getStore() ?? []), patch], updater);
}

/**
 * Throws if the current code was called by an updater of the same record. Such a write changes the version that the updater's
 * own write depends on. So each attempt of the patch would fail, until its time is over.
 */
export function checkNotInsideUpdater(call: Omit<Call, 'body'>, partition: () => string): void {
  const patch = runningPatches
    .getStore()
    ?.find(
      ({store, key, partition: owner, isCompleted}) =>
        !isCompleted && store === call.store && key === call.key && owner === partition(),
    );
  if (patch !== undefined) {
    patch.violation ??= writeInsideUpdater(call);
    throw patch.violation;
  }
}

function writeInsideUpdater(call: Omit<Call, 'body'>): StorageError {
  const named = {...call, body: ''};
  return new StorageError(
    'invalid_request',
    `${describeCall(named)} was called inside an updater of the same record. It would change the record while the patch is` +
      ' running, so the patch could never succeed. Nothing was written by the patch. Return the new record from the updater,' +
      ' or write after the patch has resolved. (PATCH-3)',
    detailsOf(named),
  );
}
