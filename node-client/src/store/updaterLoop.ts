import {StorageError} from '../errors.js';
import {monotonicMs, pause} from '../time.js';
import {type Call, detailsOf, placeOf, type Reply, type Transport} from './call.js';

const FIRST_WAIT_MS = 0.2;
const LONGEST_WAIT_MS = 20;

/** One round's part that knows about values: from what was read to what is to be written. */
export type Compute = (current: Reply) => Call;

/**
 * PATCH-3: read, compute, write on condition that nothing changed; again until it wins. Ended by a limit of time, never
 * of tries, because with n writers somebody always needs n of them. What the updater throws goes to the caller as it is
 * (PATCH-4). Answers what the round that won had read.
 */
export async function updateUntilWon(
  transport: Transport,
  read: Call,
  compute: Compute,
  limitMs: number,
): Promise<Reply> {
  const start = monotonicMs();
  for (let rounds = 1; ; rounds++) {
    const current = await transport(read);
    const write = compute(current);
    try {
      await transport(write);
      return current;
    } catch (refusal) {
      if (!(refusal instanceof StorageError) || refusal.code !== 'version_conflict') {
        throw refusal;
      }
      if (monotonicMs() - start > limitMs) {
        throw gaveUp(read, rounds, limitMs, refusal);
      }
    }
    // Full jitter: anything up to a bound that doubles with every lost round, so that writers drift apart.
    await pause(Math.random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(rounds, 20)));
  }
}

function gaveUp(read: Call, rounds: number, limitMs: number, last: StorageError): StorageError {
  return new StorageError(
    'version_conflict',
    `${placeOf({...read, operation: 'patch'})} gave up after ${limitMs} ms: in ${rounds} rounds another writer was faster` +
      ' each time. Nothing was written. Let fewer writers share the record, make the updater faster, or raise' +
      ' patchTimeoutMs. (PATCH-3)',
    {...detailsOf(read), operation: 'patch'},
    last,
  );
}
