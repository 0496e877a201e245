import type {Control} from '../control/control.js';
import type {CallMatch, HeldOperation} from '../control/types.js';
import {StorageError} from '../errors.js';
import {monotonicMs, pause} from '../realTimers.js';

/** Which operations are held, and how long each waits at most (default: 30,000 ms). */
export interface HoldMatch extends Omit<CallMatch, 'appId'> {
  readonly deadlineMs?: number;
}

const POLL_MS = 5;
const ARRIVAL_MS = 5_000;

/** Operations of a test app that wait until the test releases them, so that it decides the order of concurrent operations. */
export class TestHold {
  readonly #control: Control;
  readonly #appId: string;
  readonly #holdId: number;

  private constructor(control: Control, appId: string, holdId: number) {
    this.#control = control;
    this.#appId = appId;
    this.#holdId = holdId;
  }

  /** @internal */
  static async open(control: Control, appId: string, match: HoldMatch): Promise<TestHold> {
    const {deadlineMs, ...operations} = match;
    const hold = await control.hold({match: operations, ...(deadlineMs === undefined ? {} : {deadlineMs})}, appId);
    return new TestHold(control, appId, hold.holdId);
  }

  /** Returns the operations that wait, in the order in which they arrived. */
  async waiting(): Promise<readonly HeldOperation[]> {
    return (await this.#control.getHold(this.#holdId, this.#appId)).waiting;
  }

  /** Resolves when `count` operations wait. Rejects with those that do if they don't arrive within `timeoutMs` (default: 5,000). */
  async arrived(count: number, timeoutMs = ARRIVAL_MS): Promise<readonly HeldOperation[]> {
    const until = monotonicMs() + timeoutMs;
    for (;;) {
      const waiting = await this.waiting();
      if (waiting.length >= count) {
        return waiting;
      }
      if (monotonicMs() >= until) {
        const names = waiting.map((held) => `${held.store}.${held.operation} of '${held.key}'`).join('; ');
        throw new StorageError(
          'unavailable',
          `After ${timeoutMs} ms, ${waiting.length} of ${count} operations are held${names === '' ? '' : `: ${names}`}. Is one` +
            ' awaited before the next one is called?',
        );
      }
      await pause(POLL_MS);
    }
  }

  /** Releases an operation. Resolves when it is done, successfully or not; its own promise settles then. */
  async release(held: HeldOperation): Promise<void> {
    await this.#control.release(this.#holdId, held.operationId, this.#appId);
  }

  /** Releases all operations that wait, and holds no further one. */
  async close(): Promise<void> {
    await this.#control.closeHold(this.#holdId, this.#appId);
  }
}
