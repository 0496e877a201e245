/**
 * The real timers, captured before a test framework can replace them: under fake timers calls must still complete and
 * must still time out.
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

/** The milliseconds of a monotonic clock. */
export function monotonicMs(): number {
  return Number(realClock() / 1_000n) / 1_000;
}

/** Waits. Below one millisecond, the resolution of a timer, it waits for the next turn of the event loop. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    if (milliseconds < 1) {
      realSetImmediate(resolve);
    } else {
      realSetTimeout(resolve, milliseconds);
    }
  });
}
