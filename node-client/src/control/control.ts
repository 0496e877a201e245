import {StorageError} from '../errors.js';
import {Connection, type Timeouts} from '../http/connection.js';
import {connectionError, unreadableResponse, parseJson, refusal} from '../http/errors.js';
import {parseUrl} from '../http/parseUrl.js';
import {isCompatible, VERSION} from '../version.js';
import {isObject} from '../wire/decode.js';
import type {
  Advice,
  AppKey,
  ArmedFault,
  CallMatch,
  ClockReading,
  Exploration,
  FaultKind,
  FaultRule,
  Health,
  Hold,
  Install,
  InstallWithState,
  JournalEntry,
  NextOrder,
  NextRun,
  OrderResult,
  RunResult,
  StaleValue,
  StoresDocument,
} from './types.js';

export interface ControlOptions {
  /** The token given to the emulator with `--admin-token`. Required unless the emulator listens on a loopback address. */
  readonly adminToken?: string | undefined;
}

/** An order may take long. Each of its steps has a deadline, at which the emulator answers. */
const LONGEST_ORDER_MS = 24 * 60 * 60 * 1_000;

const TIMEOUTS: Timeouts = {connectTimeoutMs: 5_000, requestTimeoutMs: 30_000};

/** The emulator's control plane: apps and installs, clocks, faults, holds, explorations, sweeps, stale values, the journal. Each method sends one request. */
export class Control {
  readonly #connection: Connection;
  readonly #headers: Record<string, string>;

  constructor(url: string | URL, options: ControlOptions = {}, timeouts: Timeouts = TIMEOUTS) {
    this.#connection = new Connection(parseUrl(url), timeouts);
    this.#headers = {
      'Content-Type': 'application/json',
      ...(options.adminToken === undefined ? {} : {Authorization: `Bearer ${options.adminToken}`}),
    };
  }

  /** The URL of the emulator, without a trailing slash. */
  get url(): string {
    return this.#connection.url;
  }

  /** The emulator's status and version. */
  async health(): Promise<Health> {
    return (await this.#request('GET', '/health')) as unknown as Health;
  }

  /** Rejects unless the emulator is reachable and its version isCompatible this package. */
  async checkVersion(): Promise<void> {
    const {status, version} = await this.health();
    if (status !== 'ready' || typeof version !== 'string' || !isCompatible(version)) {
      throw new StorageError(
        'unavailable',
        `The emulator at ${this.#connection.url} has version ${version}, but this client has version ${VERSION}. Use both` +
          ' from the same release.',
      );
    }
  }

  /** Returns the app with that id; creates it if it does not exist. */
  async app(appId: string): Promise<AppKey> {
    return (await this.#request('POST', '/apps', {appId})) as unknown as AppKey;
  }

  /** Installs an app in an account. Defaults: the app `default`, a new account. */
  async install(options: {appId?: string; trackerId?: string} = {}): Promise<Install> {
    return (await this.#request('POST', '/installs', options)) as unknown as Install;
  }

  /** Returns all installs since the last reset, in the order of their creation. */
  async installs(): Promise<InstallWithState[]> {
    return (await this.#request('GET', '/installs'))['installs'] as InstallWithState[];
  }

  /** Uninstalls it and installs the same app in the same account (INST-5). */
  async reinstall(installId: number): Promise<Install> {
    return (await this.#request('POST', `/installs/${installId}/reinstall`)) as unknown as Install;
  }

  /** Uninstalls the app (INST-4). */
  async uninstall(installId: number): Promise<void> {
    await this.#request('DELETE', `/installs/${installId}`);
  }

  /** Upgrades the install to a new version of the app. Its id, key and data stay. */
  async upgrade(installId: number): Promise<void> {
    await this.#request('POST', `/installs/${installId}/upgrade`);
  }

  /** @deprecated The old name of `failInstallation`. */
  fail(installId: number): Promise<void> {
    return this.failInstallation(installId);
  }

  /** Ends the install as one whose installation failed. Its data is deleted. */
  async failInstallation(installId: number): Promise<void> {
    await this.#request('POST', `/installs/${installId}/fail`);
  }

  /** Exports all records of the install's four stores, including secrets. */
  async records(installId: number): Promise<StoresDocument> {
    return (await this.#request('GET', `/installs/${installId}/export?secrets=include`)) as unknown as StoresDocument;
  }

  /** Imports records: replaces the content of each store that the document names. */
  async load(installId: number, document: StoresDocument): Promise<void> {
    await this.#request('POST', `/installs/${installId}/import`, document);
  }

  /** Returns the time and the mode of the clock. */
  async clock(appId?: string): Promise<ClockReading> {
    return (await this.#request('GET', `/clock${appQuery(appId)}`)) as unknown as ClockReading;
  }

  /** Sets and freezes the clock (`now`, or mode `manual`), or lets it run again (mode `system`). */
  async setClock(to: {mode?: 'system' | 'manual'; now?: string}, appId?: string): Promise<ClockReading> {
    return (await this.#request('PUT', `/clock${appQuery(appId)}`, to)) as unknown as ClockReading;
  }

  /** Advances a frozen clock. */
  async advanceClock(seconds: number, appId?: string): Promise<ClockReading> {
    return (await this.#request('POST', `/clock/advance${appQuery(appId)}`, {seconds})) as unknown as ClockReading;
  }

  /** Arms a fault rule. With `appId`, for operations of that app only. */
  async arm(rule: FaultRule, appId?: string): Promise<ArmedFault> {
    return (await this.#request('POST', `/faults${appQuery(appId)}`, rule)) as unknown as ArmedFault;
  }

  /** Returns the armed rules, with how often each matched and fired. */
  async faults(appId?: string): Promise<ArmedFault[]> {
    return (await this.#request('GET', `/faults${appQuery(appId)}`))['faults'] as ArmedFault[];
  }

  /** Removes one rule, or all of them. */
  async disarm(faultId?: number, appId?: string): Promise<void> {
    await this.#request('DELETE', `/faults${faultId === undefined ? '' : `/${faultId}`}${appQuery(appId)}`);
  }

  /**
   * Holds operations: each that matches waits until it is released, at most `deadlineMs` (default: 30,000). With `appId`, operations of
   * that app only.
   */
  async hold(options: {match?: CallMatch; deadlineMs?: number} = {}, appId?: string): Promise<Hold> {
    return (await this.#request('POST', `/holds${appQuery(appId)}`, options)) as unknown as Hold;
  }

  /** Returns the holds that are not closed, the oldest first. */
  async holds(appId?: string): Promise<Hold[]> {
    return (await this.#request('GET', `/holds${appQuery(appId)}`))['holds'] as Hold[];
  }

  /** Returns a hold, with the operations that wait. */
  async getHold(holdId: number, appId?: string): Promise<Hold> {
    return (await this.#request('GET', `/holds/${holdId}${appQuery(appId)}`)) as unknown as Hold;
  }

  /** Releases an operation. Resolves when it is done, successfully or not, with what still waits. */
  async release(holdId: number, operationId: number, appId?: string): Promise<Hold> {
    return (await this.#request('POST', `/holds/${holdId}/release${appQuery(appId)}`, {operationId})) as unknown as Hold;
  }

  /** Closes one hold, or all of them. What waits is released. */
  async closeHold(holdId?: number, appId?: string): Promise<void> {
    await this.#request('DELETE', `/holds${holdId === undefined ? '' : `/${holdId}`}${appQuery(appId)}`);
  }

  /** Begins to run clients in every order of their operations; each names itself with the header `Stowage-Actor`. */
  async beginExploration(options: {
    appId: string;
    actors: readonly string[];
    test?: string;
    maxOrders?: number;
    deadlineMs?: number;
    replay?: string;
  }): Promise<Exploration> {
    return (await this.#request('POST', '/explorations', options)) as unknown as Exploration;
  }

  /** Says that the last order has passed, resets the app, and begins the next order. */
  async beginOrder(explorationId: number): Promise<NextOrder> {
    return (await this.#request('POST', `/explorations/${explorationId}/orders`)) as NextOrder;
  }

  /** Says that an actor has ended in the current order. Returns the order if it is over with that, or was over before. */
  async endActor(explorationId: number, actor: string): Promise<OrderResult | undefined> {
    const result = await this.#request('POST', `/explorations/${explorationId}/actors/${encodeURIComponent(actor)}/end`);
    return 'order' in result ? (result as unknown as OrderResult) : undefined;
  }

  /** Resolves when the current order is over: all actors have ended, or one did not go on within the deadline. */
  async awaitOrder(explorationId: number): Promise<OrderResult> {
    return (await this.#request('GET', `/explorations/${explorationId}/result`, undefined, LONGEST_ORDER_MS)) as unknown as OrderResult;
  }

  /** Ends an exploration. Operations that wait are refused. */
  async closeExploration(explorationId: number): Promise<void> {
    await this.#request('DELETE', `/explorations/${explorationId}`);
  }

  /** Begins to run a test with each fault at each of its operations. */
  async beginSweep(options: {
    appId: string;
    faults?: readonly FaultKind[];
    maxRuns?: number;
    delayMs?: number;
    only?: string;
  }): Promise<{sweepId: number}> {
    return (await this.#request('POST', '/sweeps', options)) as unknown as {sweepId: number};
  }

  /** Says that the last run has passed, resets the app, and begins the next run. */
  async beginRun(sweepId: number): Promise<NextRun> {
    return (await this.#request('POST', `/sweeps/${sweepId}/runs`)) as NextRun;
  }

  /** Describes what the fault of the current run did. */
  async describeRun(sweepId: number): Promise<RunResult> {
    return await this.#request('GET', `/sweeps/${sweepId}/result`);
  }

  /** Ends a sweep. */
  async closeSweep(sweepId: number): Promise<void> {
    await this.#request('DELETE', `/sweeps/${sweepId}`);
  }

  /** Watches an app for secrets and settings of an install that has ended. A reset of the app ends the watch. */
  async watchStaleValues(appId: string, knownValues: readonly string[] = []): Promise<void> {
    await this.#request('PUT', `/stale-values${appQuery(appId)}`, {knownValues});
  }

  /** Returns the stale values that the app has used, one finding for each. */
  async staleValues(appId: string): Promise<StaleValue[]> {
    return (await this.#request('GET', `/stale-values${appQuery(appId)}`))['findings'] as StaleValue[];
  }

  /** Passes on a request of the app to another service. */
  async judgeRequest(
    appId: string,
    request: {method: string; url: string; headers?: Record<string, string>; body?: string},
  ): Promise<StaleValue[]> {
    return (await this.#request('POST', `/stale-values/requests${appQuery(appId)}`, request))['findings'] as StaleValue[];
  }

  /** Passes on the response of another service: the values in it are not stale. */
  async learnResponse(appId: string, response: {headers?: Record<string, string>; body?: string}): Promise<void> {
    await this.#request('POST', `/stale-values/responses${appQuery(appId)}`, response);
  }

  /** Looks at an app's operations for broken best practices. `off`: ids of practices, `no-ttl`, or `no-ttl:session` for one key. */
  async beginAdvice(appId: string, off: readonly string[] = []): Promise<void> {
    await this.#request('PUT', `/advice${appQuery(appId)}`, {off});
  }

  /** Returns the practices that the app breaks, one entry for each practice and record. */
  async advice(appId: string): Promise<Advice[]> {
    return (await this.#request('GET', `/advice${appQuery(appId)}`))['advice'] as Advice[];
  }

  /** Returns the entries with a sequence above `after` (default: 0), in order. Reads page by page to the end. */
  async journal(query: {after?: number; appId?: string; installId?: number} = {}): Promise<JournalEntry[]> {
    const all: JournalEntry[] = [];
    for (let after = query.after ?? 0; ; ) {
      const parameters = new URLSearchParams({after: String(after)});
      if (query.appId !== undefined) {
        parameters.set('appId', query.appId);
      }
      if (query.installId !== undefined) {
        parameters.set('installId', String(query.installId));
      }
      const page = await this.#request('GET', `/journal?${parameters.toString()}`);
      const entries = page['entries'] as JournalEntry[];
      all.push(...entries);
      const next = page['next'] as number;
      if (entries.length === 0 || next <= after) {
        return all;
      }
      after = next;
    }
  }

  /** Deletes everything, or everything of one app. */
  async reset(appId?: string): Promise<void> {
    await this.#request('POST', `/reset${appQuery(appId)}`);
  }

  /** Closes the connections. */
  close(): void {
    this.#connection.close();
  }

  async #request(method: string, path: string, body?: object, timeoutMs?: number): Promise<Record<string, unknown>> {
    const where = `${method} /_emulator${path}`;
    try {
      const response = await this.#connection.send(
        method,
        `/_emulator${path}`,
        this.#headers,
        body === undefined ? '' : JSON.stringify(body),
        timeoutMs,
      );
      if (response.status === 204) {
        return {};
      }
      if (response.status !== 200) {
        throw refusal(response, {}, where);
      }
      const json = parseJson(response.text);
      if (!isObject(json)) {
        throw unreadableResponse({}, where, response.status);
      }
      return json;
    } catch (failure) {
      throw connectionError(failure, {}, where, this.#connection.url);
    }
  }
}

function appQuery(appId: string | undefined): string {
  return appId === undefined ? '' : `?appId=${encodeURIComponent(appId)}`;
}
