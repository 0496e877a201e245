import type {FaultKind, JournalEntry} from '../control/types.js';
import {startTimer, stopTimer} from '../realTimers.js';
import type {TestApp} from './testApp.js';

/** The fault kinds of a sweep: those without parameters. */
export type SweptKind = Exclude<FaultKind, 'race' | 'delay'>;

export interface SweepOptions {
  /** The faults to inject. Default: all but `staleRead`, which the contract excludes (LIN-1). */
  readonly faults?: readonly SweptKind[];
  /** How long one run may take, in milliseconds. Default: 10,000. */
  readonly timeoutMs?: number;
}

/** A fault and an operation with which `run` failed. */
export interface SweepFailure {
  /** `lostResponse at 3 of 5: secrets.put utoken`: the fault, and the operation that it was injected into. */
  readonly injectionPoint: string;
  readonly error: unknown;
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

export type WithApp = <T>(run: (app: TestApp) => Promise<T>) => Promise<T>;

const KINDS: readonly SweptKind[] = [
  'conflict',
  'unavailable',
  'throttled',
  'lostRequest',
  'lostResponse',
  'malformedResponse',
  'expire',
  'reinstall',
];

/**
 * The fault sweep. Calls `run` twice without a fault to learn its storage operations, then once for each kind of fault at
 * each operation that the fault applies to. Each run has its own app.
 *
 * `run` must make the same operations each time. Its assertions must be true in every case: it catches errors and accepts
 * each allowed result. `app.records()` reads the stored records without triggering faults. Rejects with a `SweepError` that
 * names every injection point at which `run` failed.
 */
export async function sweep(
  withApp: WithApp,
  run: (app: TestApp) => Promise<unknown>,
  options: SweepOptions = {},
): Promise<SweepReport> {
  const timeoutMs = options.timeoutMs ?? 10_000;
  const operations = (await faultFreeRun(withApp, run, timeoutMs)).map(nameOf);
  const second = await faultFreeRun(withApp, run, timeoutMs);
  const injectionPoints: string[] = [];
  const failures: SweepFailure[] = [];
  const report: SweepReport = {operations, injectionPoints, failures, places: injectionPoints, breakages: failures};
  checkSame(report, second.map(nameOf));
  for (const kind of options.faults ?? KINDS) {
    for (let skip = 0; skip < operations.length; skip++) {
      const outcome = await runWithFault(withApp, run, kind, skip, timeoutMs);
      if (outcome === undefined) {
        // The fault applies to no further operation.
        break;
      }
      if (outcome.isApplicable) {
        const injectionPoint = `${kind} at ${placeOf(outcome.target, operations.length)}`;
        injectionPoints.push(injectionPoint);
        if (outcome.failed) {
          failures.push({injectionPoint, error: outcome.error, place: injectionPoint});
        }
      }
    }
  }
  if (failures.length > 0) {
    throw new SweepError(describe(report), report);
  }
  return report;
}

async function faultFreeRun(withApp: WithApp, run: (app: TestApp) => Promise<unknown>, timeoutMs: number): Promise<JournalEntry[]> {
  return withApp(async (app) => {
    await withinTimeout(run(app), timeoutMs);
    return app.journal();
  });
}

/** The operation that a fault was injected into. */
interface Target {
  readonly index: number;
  readonly name: string;
}

type Outcome = {isApplicable: boolean; target: Target} & ({failed: false} | {failed: true; error: unknown});

/** Runs with the fault injected into the applicable operation after `skip` others. Undefined if there is none. */
async function runWithFault(
  withApp: WithApp,
  run: (app: TestApp) => Promise<unknown>,
  kind: SweptKind,
  skip: number,
  timeoutMs: number,
): Promise<Outcome | undefined> {
  let target: Target | undefined;
  let isApplicable = true;
  try {
    await withApp(async (app) => {
      await app.faults.arm(kind, {skip});
      try {
        await withinTimeout(run(app), timeoutMs);
      } finally {
        const journal = await app.journal();
        const index = journal.findIndex((entry) => entry.fault === kind);
        const entry = journal[index];
        target = entry === undefined ? undefined : {index, name: nameOf(entry)};
        isApplicable = kind !== 'conflict' || isConditional(app, skip);
      }
    });
    return target === undefined ? undefined : {isApplicable, target, failed: false};
  } catch (error) {
    // Without an entry in the journal the operation is not known, but a run without the fault passes, so the fault is the cause.
    return {isApplicable, target: target ?? {index: -1, name: 'an operation that is not in the journal'}, failed: true, error};
  }
}

/** Whether the write after `skip` others names a version. Only such a write can be refused with a conflict. */
function isConditional(app: TestApp, skip: number): boolean {
  const writes = app.calls.filter((call) => ['put', 'patch', 'delete'].includes(call.operation));
  const body = JSON.parse(writes[skip]?.body ?? '{}') as {ifVersion?: number};
  return body.ifVersion !== undefined;
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

function checkSame(report: SweepReport, second: readonly string[]): void {
  const {operations} = report;
  if (operations.length === 0) {
    throw new SweepError('The run made no storage operation, so there is nothing to inject a fault into.', report);
  }
  const length = Math.max(operations.length, second.length);
  const first = Array.from({length}, (_, i) => i).find((i) => operations[i] !== second[i]);
  if (first !== undefined) {
    throw new SweepError(
      'A sweep needs a run that makes the same operations each time, but two runs without a fault differ: operation' +
        ` ${first + 1} was ${operations[first] ?? 'missing'} in the first run and ${second[first] ?? 'missing'} in the` +
        ' second. Use fixed keys rather than random ones, and await each operation before the next.',
      report,
    );
  }
}

function nameOf(entry: JournalEntry): string {
  return `${entry.store}.${entry.operation} ${entry.key}`;
}

function placeOf(target: Target, total: number): string {
  return `${target.index + 1} of ${total}: ${target.name}`;
}

function describe(report: SweepReport): string {
  const lines = report.failures.flatMap(({injectionPoint, error}) => [`  ${injectionPoint}`, `      ${firstLine(error)}`]);
  return [`The run failed at ${report.failures.length} of ${report.injectionPoints.length} injection points:`, ...lines].join('\n');
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.split('\n', 1)[0] ?? '';
}
