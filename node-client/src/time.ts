/**
 * Time as it was before any test framework put its own in place of it: under fake timers a call must still be answered,
 * and must still give up.
 */
const realSetTimeout = setTimeout;
const realClearTimeout = clearTimeout;
const realSetImmediate = setImmediate;
const realClock = process.hrtime.bigint.bind(process.hrtime);

export type Timer = NodeJS.Timeout;

export function startTimer(milliseconds: number, then: () => void): Timer {
  return realSetTimeout(then, milliseconds);
}

export function stopTimer(timer: Timer): void {
  realClearTimeout(timer);
}

/** Milliseconds of a clock that only ever goes forward. */
export function monotonicMs(): number {
  return Number(realClock() / 1_000n) / 1_000;
}

/** Waits; below a millisecond, which no timer can tell apart, for the next turn of the event loop. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    if (milliseconds < 1) {
      realSetImmediate(resolve);
    } else {
      realSetTimeout(resolve, milliseconds);
    }
  });
}
