import type {Control} from '../control/control.js';
import type {FaultKind, NextRun, RunResult} from '../control/types.js';
import {StorageError} from '../errors.js';
import {startTimer, stopTimer} from '../realTimers.js';
import {describeError} from './describeError.js';
import type {RunOnApp} from './runs.js';
import type {TestApp} from './testApp.js';

/** The fault kinds of a sweep. */
export type SweptKind = FaultKind;

/** The fault of a run. */
export interface SweptFault {
  readonly kind: SweptKind;
  /** `lostResponse at 3 of 5: secrets.put utoken`: the fault, and the operation that it is injected into. */
  readonly injectionPoint: string;
}

export interface SweepOptions {
  /**
   * The faults to inject. Default: all that a platform that follows the contract can cause, which is all but `staleRead` (LIN-1)
   * and `delay`.
   */
  readonly faults?: readonly SweptKind[];
  /** How long one run may take, in milliseconds. Default: 10,000. */
  readonly timeoutMs?: number;
  /** The maximum number of runs with a fault. Default: 500. The report says how many were left out. */
  readonly maxRuns?: number;
  /** How long a `delay` delays an operation, in milliseconds. Default: 50. */
  readonly delayMs?: number;
  /** Only one run, by its injection point or the beginning of it: `lostResponse at 3`. Default: all. */
  readonly only?: string;
  /** True if the storage error that the fault caused may reject `run`. Default: false, `run` handles every fault itself. */
  readonly errorsMayEscape?: boolean;
}

/** A fault and an operation with which `run` failed. */
export interface SweepFailure {
  /** `lostResponse at 3 of 5: secrets.put utoken`: the fault, and the operation that it was injected into. */
  readonly injectionPoint: string;
  readonly error: unknown;
  /** What the fault did, and the operations of the run. */
  readonly explanation: string;
  /** The old name of `injectionPoint`, for existing tests. */
  readonly place: string;
}

export interface SweepReport {
  /** The operations of a run without a fault, in order: `secrets.put utoken`. */
  readonly operations: readonly string[];
  /** All injection points that were tried. */
  readonly injectionPoints: readonly string[];
  /** Those at which `run` failed. */
  readonly failures: readonly SweepFailure[];
  /** The runs that `maxRuns` left out, in words. Undefined if there are none. */
  readonly leftOut: string | undefined;
  /** The old name of `injectionPoints`, for existing tests. */
  readonly places: readonly string[];
  /** The old name of `failures`, for existing tests. */
  readonly breakages: readonly SweepFailure[];
}

/** A sweep in which `run` failed. The message names every injection point. */
export class SweepError extends Error {
  constructor(
    message: string,
    readonly report: SweepReport,
  ) {
    super(message, {cause: report.failures[0]?.error});
    this.name = 'SweepError';
  }
}

/**
 * The fault sweep. Calls `run` twice without a fault to learn its storage operations, then once for each kind of fault at
 * each operation that the fault is possible at. Each run has its own stores.
 *
 * `run` must make the same operations each time. Its assertions must be true in every case: it catches errors and accepts
 * each allowed result. `app.records()` reads the stored records without triggering faults. Rejects with a `SweepError` that
 * names every injection point at which `run` failed.
 */
export async function sweep(
  control: Control,
  appId: string,
  runOnApp: RunOnApp,
  run: (app: TestApp, fault: SweptFault | undefined) => Promise<unknown>,
  options: SweepOptions,
): Promise<SweepReport> {
  const {timeoutMs = 10_000, errorsMayEscape = false, ...settings} = options;
  const {sweepId} = await control.beginSweep({appId, ...settings});
  const found: Found = {operations: [], injectionPoints: [], failures: [], leftOut: undefined};
  for (;;) {
    const next = await nextRun(control, sweepId, found);
    found.operations = next.operations ?? [];
    found.leftOut = next.leftOut;
    if (next.done) {
      break;
    }
    const fault = next.fault === undefined ? undefined : {kind: next.fault, injectionPoint: next.run};
    const outcome = await outcomeOf(() => runOnApp(next.install, (app) => withinTimeout(run(app, fault), timeoutMs)));
    if (fault === undefined) {
      if (outcome.failed) {
        throw outcome.error;
      }
      continue;
    }
    found.injectionPoints.push(fault.injectionPoint);
    const result = await control.describeRun(sweepId);
    if (result.problem !== undefined) {
      throw new SweepError(result.problem, reportOf(found));
    }
    if (outcome.failed && !(errorsMayEscape && isErrorOfFault(outcome.error, result))) {
      found.failures.push(failureOf(fault, outcome.error, result));
    }
  }
  const report = reportOf(found);
  if (report.failures.length > 0) {
    throw new SweepError(describe(report), report);
  }
  return report;
}

/** What was found so far. */
interface Found {
  operations: readonly string[];
  readonly injectionPoints: string[];
  readonly failures: SweepFailure[];
  leftOut: string | undefined;
}

function reportOf(found: Found): SweepReport {
  return {...found, places: found.injectionPoints, breakages: found.failures};
}

/** The next run. Two runs without a fault that differ are an error of the test. */
async function nextRun(control: Control, sweepId: number, found: Found): Promise<NextRun> {
  try {
    return await control.beginRun(sweepId);
  } catch (error) {
    if (error instanceof StorageError && error.code === 'invalid_request') {
      throw new SweepError(error.message, reportOf(found));
    }
    throw error;
  }
}

type Outcome = {readonly failed: false} | {readonly failed: true; readonly error: unknown};

async function outcomeOf(run: () => Promise<unknown>): Promise<Outcome> {
  try {
    await run();
    return {failed: false};
  } catch (error) {
    return {failed: true, error};
  }
}

/** Whether the fault has caused the error, or an error that caused it. */
function isErrorOfFault(error: unknown, result: RunResult): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof StorageError && result.errorCodes?.includes(cause.code) === true) {
      return true;
    }
  }
  return false;
}

function failureOf(fault: SweptFault, error: unknown, result: RunResult): SweepFailure {
  return {
    injectionPoint: fault.injectionPoint,
    error,
    explanation: `${result.explanation ?? ''}\n${result.operations ?? ''}`,
    place: fault.injectionPoint,
  };
}

async function withinTimeout(running: Promise<unknown>, timeoutMs: number): Promise<void> {
  let timer: ReturnType<typeof startTimer> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = startTimer(timeoutMs, () => {
      reject(new Error(`The run did not end within ${timeoutMs} ms.`));
    });
  });
  try {
    await Promise.race([running, timeout]);
  } finally {
    if (timer !== undefined) {
      stopTimer(timer);
    }
  }
}

function describe(report: SweepReport): string {
  const lines = report.failures.flatMap(({injectionPoint, error}) => [`  ${injectionPoint}`, `      ${firstLine(error)}`]);
  const first = report.failures[0];
  return [
    `The run failed at ${report.failures.length} of ${report.injectionPoints.length} injection points:`,
    ...lines,
    ...(first === undefined
      ? []
      : [
          `At ${first.injectionPoint}:`,
          ...first.explanation.split('\n').map((line) => `  ${line}`),
          `To run only this: {only: '${first.injectionPoint.replace(/ of .*/s, '')}'}`,
        ]),
    ...(report.leftOut === undefined ? [] : [report.leftOut]),
  ].join('\n');
}

function firstLine(error: unknown): string {
  return describeError(error).split('\n', 1)[0] ?? '';
}
