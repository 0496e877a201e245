import type {Control} from '../control/control.js';
import type {NextOrder, OrderResult} from '../control/types.js';
import {runAsActor} from './currentActor.js';
import {describeError} from './describeError.js';
import {testNamed} from './testNamed.js';
import type {RunOnApp} from './runs.js';
import type {TestApp} from './testApp.js';

const DEADLINE_MS = 5_000;

/** The actors by name. Each is code of the app, which uses the stores as it always does. */
export type Actors = Readonly<Record<string, (app: TestApp) => Promise<unknown>>>;

export interface InterleavingsOptions {
  /** Stores what the actors need, before they begin. */
  readonly before?: (app: TestApp) => Promise<unknown>;
  /** The token of one order, which a failure prints: only that order runs. Default: all orders. */
  readonly replay?: string;
  /** The maximum number of orders to run. Default: 1,000. The report says whether that was all of them. */
  readonly maxOrders?: number;
  /** How long an actor may take from one storage operation to the next, in milliseconds. Default: 5,000. */
  readonly deadlineMs?: number;
  /** The name of the test, which its tokens belong to. Default: that of the running test, if the test framework tells it. */
  readonly name?: string;
}

export interface InterleavingsReport {
  /** How many orders were run. */
  readonly orders: number;
  /** Whether all orders that can make a difference were run. */
  readonly exhaustive: boolean;
  /** The same in words. */
  readonly summary: string;
}

/** An order in which the test fails. The message shows it as a table. */
export class InterleavingsError extends Error {
  constructor(
    message: string,
    /** The order as a table, with a column for each actor. */
    readonly columns: string,
    /** Runs only this order: `{replay: token}`. */
    readonly token: string,
    cause: unknown,
  ) {
    super(message, {cause});
    this.name = 'InterleavingsError';
  }
}

/**
 * Runs the actors once for every order of their storage operations that can make a difference, each time on new stores, and
 * then `check`. Rejects with an `InterleavingsError` for the first order in which an actor or `check` throws.
 *
 * Actors must do the same in every run, await each storage operation before the next, and wait for each other by nothing but the
 * storage.
 */
export async function interleavings(
  control: Control,
  appId: string,
  runOnApp: RunOnApp,
  actors: Actors,
  check: (app: TestApp) => unknown,
  options: InterleavingsOptions,
): Promise<InterleavingsReport> {
  const {before, name, ...settings} = options;
  const {explorationId} = await control.beginExploration({
    appId,
    actors: Object.keys(actors),
    test: name ?? testNamed() ?? Object.keys(actors).join(' '),
    ...settings,
  });
  for (;;) {
    const next: NextOrder = await control.beginOrder(explorationId);
    if (next.done) {
      return {orders: next.order, exhaustive: next.exhaustive, summary: next.summary};
    }
    let result: OrderResult | undefined;
    try {
      await runOnApp(next.install, async (app) => {
        await before?.(app);
        const failures: ActorFailure[] = [];
        const running = start(control, explorationId, actors, app, failures);
        result = await firstResult(running, () => control.awaitOrder(explorationId), settings.deadlineMs ?? DEADLINE_MS);
        if (result.problem !== undefined) {
          throw new InvalidOrder([result.problem.message, ...failures.map(describeFailure)].join('\n'), {cause: failures[0]?.error});
        }
        await Promise.all(running);
        const [failure] = failures;
        if (failure !== undefined) {
          throw new Error(describeFailure(failure), {cause: failure.error});
        }
        await check(app);
      });
    } catch (error) {
      if (error instanceof InvalidOrder || result === undefined) {
        throw error;
      }
      throw new InterleavingsError(describe(result, error), result.columns, result.token, error);
    }
  }
}

/** The order says nothing about the app. */
class InvalidOrder extends Error {
  override readonly name = 'InterleavingsError';
}

interface ActorFailure {
  readonly actor: string;
  readonly error: unknown;
}

function describeFailure({actor, error}: ActorFailure): string {
  return `The actor '${actor}' failed: ${describeError(error)}`;
}

/** Starts the actors. Each tells the emulator when it has ended, and receives the order if it is over with that. */
function start(
  control: Control,
  explorationId: number,
  actors: Actors,
  app: TestApp,
  failures: ActorFailure[],
): Promise<OrderResult | undefined>[] {
  return Object.entries(actors).map(async ([actor, act]) => {
    try {
      await runAsActor(actor, async () => act(app));
    } catch (error) {
      failures.push({actor, error});
    }
    // The exploration may be closed already, because another actor has failed.
    return control.endActor(explorationId, actor).catch(() => undefined);
  });
}

/** Resolves with the order of the actor with which it was over. An actor that hangs has none, so the emulator is asked after a while. */
async function firstResult(
  running: readonly Promise<OrderResult | undefined>[],
  ask: () => Promise<OrderResult>,
  patienceMs: number,
): Promise<OrderResult> {
  let timer: NodeJS.Timeout | undefined;
  const asked = new Promise<OrderResult>((resolve, reject) => {
    timer = setTimeout(() => void ask().then(resolve, reject), patienceMs);
    for (const actor of running) {
      void actor.then((result) => {
        if (result !== undefined) {
          resolve(result);
        }
      });
    }
    void Promise.all(running).then((results) => {
      if (results.every((result) => result === undefined)) {
        ask().then(resolve, reject);
      }
    });
  });
  try {
    return await asked;
  } finally {
    clearTimeout(timer);
  }
}

function describe(result: OrderResult, error: unknown): string {
  return [
    'There is an order of operations in which the test fails:',
    '',
    result.columns,
    '',
    "(v1 → v2: the record's version before and after; v0: no record.)",
    '',
    'Test failure:',
    describeError(error),
    '',
    result.progress,
    `To run only this order: {replay: '${result.token}'}`,
  ].join('\n');
}
