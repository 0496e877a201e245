import {StorageError} from '../errors.js';
import {monotonicMs, pause} from '../realTimers.js';
import {type Call, detailsOf, describeCall, type Reply, type Transport} from './call.js';

const FIRST_WAIT_MS = 0.2;
const LONGEST_WAIT_MS = 20;

/** Computes the write of one round from what was read. */
export type Compute = (current: Reply) => Call;

/**
 * The compare-and-set loop of an updater (PATCH-3): reads, computes, writes if the version is unchanged, and repeats after
 * a conflict. The limit is a time and not a number of rounds, because of n concurrent writers one needs n rounds. An error
 * that the updater throws rejects unchanged (PATCH-4). Returns what the successful round had read.
 */
export async function compareAndSet(
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
    } catch (error) {
      if (!(error instanceof StorageError) || error.code !== 'version_conflict') {
        throw error;
      }
      if (monotonicMs() - start > limitMs) {
        throw gaveUp(read, rounds, limitMs, error);
      }
    }
    // Exponential backoff with full jitter: a random wait below a bound that doubles with every round.
    await pause(Math.random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(rounds, 20)));
  }
}

function gaveUp(read: Call, rounds: number, limitMs: number, last: StorageError): StorageError {
  return new StorageError(
    'version_conflict',
    `${describeCall({...read, operation: 'patch'})} gave up after ${limitMs} ms: in each of ${rounds} rounds another writer` +
      ' changed the record first. Nothing was written. Let fewer writers share the record, make the updater faster, or' +
      ' raise patchTimeoutMs. (PATCH-3)',
    {...detailsOf(read), operation: 'patch'},
    last,
  );
}
