/**
 * The real timers, captured before a test framework can replace them: under fake timers calls must still complete and
 * must still time out. They are kept in a global variable, because a framework may load this module again while fake timers
 * are active.
 */
const CAPTURED = Symbol.for('@stowage/client/timers');

interface RealTimers {
  readonly setTimeout: typeof setTimeout;
  readonly clearTimeout: typeof clearTimeout;
  readonly setImmediate: typeof setImmediate;
  readonly nanoseconds: () => bigint;
}

const globals = globalThis as unknown as Record<symbol, RealTimers | undefined>;

const real = (globals[CAPTURED] ??= {
  setTimeout,
  clearTimeout,
  setImmediate,
  nanoseconds: process.hrtime.bigint.bind(process.hrtime),
});

export type Timer = NodeJS.Timeout;

export function startTimer(milliseconds: number, then: () => void): Timer {
  return real.setTimeout(then, milliseconds);
}

export function stopTimer(timer: Timer): void {
  real.clearTimeout(timer);
}

/** Calls the function in the next turn of the event loop, outside of all promises. */
export function callSoon(run: () => void): void {
  real.setImmediate(run);
}

/** The milliseconds of a monotonic clock. */
export function monotonicMs(): number {
  return Number(real.nanoseconds() / 1_000n) / 1_000;
}

/** Waits. Below one millisecond, the resolution of a timer, it waits for the next turn of the event loop. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    if (milliseconds < 1) {
      real.setImmediate(resolve);
    } else {
      real.setTimeout(resolve, milliseconds);
    }
  });
}
