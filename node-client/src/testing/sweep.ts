import type {FaultKind, JournalEntry} from '../control/wire.js';
import {startTimer, stopTimer} from '../time.js';
import type {TestApp} from './testApp.js';

/** The kinds that say all by themselves; a race needs a write of its own, and a delay disturbs nobody who waits. */
export type SweptKind = Exclude<FaultKind, 'race' | 'delay'>;

export interface SweepOptions {
  /** Which faults; all but `staleRead`, which the contract's reads never are (LIN-1), unless told. */
  readonly faults?: readonly SweptKind[];
  /** How long one run may take; 10,000 unless told. */
  readonly timeoutMs?: number;
}

/** One place where one fault broke it. */
export interface Breakage {
  /** `lostResponse at 3 of 5: secrets.put utoken` */
  readonly place: string;
  readonly error: unknown;
}

export interface SweepReport {
  /** What it does without a fault, in order: `secrets.put utoken`. */
  readonly operations: readonly string[];
  /** Every place that was tried. */
  readonly places: readonly string[];
  readonly breakages: readonly Breakage[];
}

/** What a sweep rejects with where it found something. */
export class SweepError extends Error {
  constructor(
    message: string,
    readonly report: SweepReport,
  ) {
    super(message, {cause: report.breakages[0]?.error});
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
 * The fault sweep. Runs it once and counts its storage operations; then once more for each kind of fault at each place
 * where it can happen, each time with an app of its own. What breaks an app is a fault at the one place nobody thought of.
 *
 * It must do the same each time, and hold whatever happens: where an operation may fail, it says what may come of that.
 * Look at the records past the faults, with `app.records()`. Rejects with a `SweepError` that names every place that broke.
 */
export async function sweep(
  withApp: WithApp,
  run: (app: TestApp) => Promise<unknown>,
  options: SweepOptions = {},
): Promise<SweepReport> {
  const timeoutMs = options.timeoutMs ?? 10_000;
  const operations = (await dryRun(withApp, run, timeoutMs)).map(nameOf);
  const again = await dryRun(withApp, run, timeoutMs);
  const report = {operations, places: [] as string[], breakages: [] as Breakage[]};
  checkSame(report, again.map(nameOf));
  for (const kind of options.faults ?? KINDS) {
    for (let skip = 0; skip < operations.length; skip++) {
      const outcome = await disturbedRun(withApp, run, kind, skip, timeoutMs);
      if (outcome === undefined) {
        // Counted out: the fault can happen at fewer places than there are operations.
        break;
      }
      if (outcome.isPossible) {
        const place = `${kind} at ${placeOf(outcome.met, operations.length)}`;
        report.places.push(place);
        if (outcome.failed) {
          report.breakages.push({place, error: outcome.error});
        }
      }
    }
  }
  if (report.breakages.length > 0) {
    throw new SweepError(describe(report), report);
  }
  return report;
}

async function dryRun(withApp: WithApp, run: (app: TestApp) => Promise<unknown>, timeoutMs: number): Promise<JournalEntry[]> {
  return withApp(async (app) => {
    await inTime(run(app), timeoutMs);
    return app.journal();
  });
}

interface Met {
  readonly index: number;
  readonly name: string;
}

type Outcome = {isPossible: boolean; met: Met} & ({failed: false} | {failed: true; error: unknown});

/** One run with a fault at the place behind so many others where it could happen; undefined where there are no more. */
async function disturbedRun(
  withApp: WithApp,
  run: (app: TestApp) => Promise<unknown>,
  kind: SweptKind,
  skip: number,
  timeoutMs: number,
): Promise<Outcome | undefined> {
  let met: Met | undefined;
  let isPossible = true;
  try {
    await withApp(async (app) => {
      await app.faults.arm(kind, {skip});
      try {
        await inTime(run(app), timeoutMs);
      } finally {
        const journal = await app.journal();
        const index = journal.findIndex((entry) => entry.fault === kind);
        const entry = journal[index];
        met = entry === undefined ? undefined : {index, name: nameOf(entry)};
        isPossible = kind !== 'conflict' || isConditional(app, skip);
      }
    });
    return met === undefined ? undefined : {isPossible, met, failed: false};
  } catch (error) {
    // Without the fault it holds, so that without a place the fault was on the way to the journal's end.
    return {isPossible, met: met ?? {index: -1, name: 'an operation that is not in the journal'}, failed: true, error};
  }
}

/** Only a write that names a version can meet a conflict: of those that the fault counts, the one behind so many others. */
function isConditional(app: TestApp, skip: number): boolean {
  const counted = app.calls.filter((call) => ['put', 'patch', 'delete'].includes(call.operation));
  const members = JSON.parse(counted[skip]?.body ?? '{}') as {ifVersion?: number};
  return members.ifVersion !== undefined;
}

async function inTime(running: Promise<unknown>, timeoutMs: number): Promise<void> {
  let timer: ReturnType<typeof startTimer> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = startTimer(timeoutMs, () => {
      reject(new Error(`It did not end within ${timeoutMs} ms.`));
    });
  });
  try {
    await Promise.race([running, late]);
  } finally {
    if (timer !== undefined) {
      stopTimer(timer);
    }
  }
}

function checkSame(report: SweepReport, again: readonly string[]): void {
  const {operations} = report;
  if (operations.length === 0) {
    throw new SweepError('The sweep found no storage operation to disturb.', report);
  }
  const length = Math.max(operations.length, again.length);
  const first = Array.from({length}, (_, i) => i).find((i) => operations[i] !== again[i]);
  if (first !== undefined) {
    throw new SweepError(
      'The sweep needs what does the same each time, and two runs without a fault differ: operation' +
        ` ${first + 1} was ${operations[first] ?? 'not there'} in the one and ${again[first] ?? 'not there'} in the other.` +
        ' Take keys that are not drawn, and await one operation before the next.',
      report,
    );
  }
}

function nameOf(entry: JournalEntry): string {
  return `${entry.store}.${entry.operation} ${entry.key}`;
}

function placeOf(met: Met, of: number): string {
  return `${met.index + 1} of ${of}: ${met.name}`;
}

function describe(report: SweepReport): string {
  const lines = report.breakages.flatMap(({place, error}) => [`  ${place}`, `      ${firstLine(error)}`]);
  return [`It breaks at ${report.breakages.length} of ${report.places.length} places:`, ...lines].join('\n');
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.split('\n', 1)[0] ?? '';
}
