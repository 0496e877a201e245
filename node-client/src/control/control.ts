import {StorageError} from '../errors.js';
import {Connection, type Timeouts} from '../http/connection.js';
import {noAnswer, notOfThisProtocol, parseJson, refusal} from '../http/problem.js';
import {parseUrl} from '../http/url.js';
import {fits, VERSION} from '../version.js';
import {isObject} from '../wire/decode.js';
import type {
  AppKey,
  ArmedFault,
  ClockReading,
  FaultRule,
  Health,
  Install,
  InstallWithState,
  JournalEntry,
  StoresDocument,
} from './wire.js';

export interface ControlOptions {
  /** What `--admin-token` said; needed where the emulator listens on another address than a loopback one. */
  readonly adminToken?: string | undefined;
}

const TIMEOUTS: Timeouts = {connectTimeoutMs: 5_000, requestTimeoutMs: 30_000};

/** The emulator's control plane: apps and installs, time, faults, the journal. Each method is one request. */
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

  /** That it serves, and which version it is. */
  async health(): Promise<Health> {
    return (await this.#ask('GET', '/health')) as unknown as Health;
  }

  /** Rejects where nothing answers, or an emulator that this package was not made for. */
  async checkVersion(): Promise<void> {
    const {status, version} = await this.health();
    if (status !== 'ready' || typeof version !== 'string' || !fits(version)) {
      throw new StorageError(
        'unavailable',
        `The emulator at ${this.#connection.url} is of version ${version}, and this client is of ${VERSION}. Take both` +
          ' from one release.',
      );
    }
  }

  /** The app of that name; made if there is none. */
  async app(appId: string): Promise<AppKey> {
    return (await this.#ask('POST', '/apps', {appId})) as unknown as AppKey;
  }

  /** Installs an app, `default` unless told, in an account, a new one unless told. */
  async install(of: {appId?: string; trackerId?: string} = {}): Promise<Install> {
    return (await this.#ask('POST', '/installs', of)) as unknown as Install;
  }

  /** Every install since the last reset, in the order they were made. */
  async installs(): Promise<InstallWithState[]> {
    return (await this.#ask('GET', '/installs'))['installs'] as InstallWithState[];
  }

  /** Uninstalls it and installs the same app in the same account (INST-5). */
  async reinstall(installId: number): Promise<Install> {
    return (await this.#ask('POST', `/installs/${installId}/reinstall`)) as unknown as Install;
  }

  /** Ends it (INST-4). */
  async uninstall(installId: number): Promise<void> {
    await this.#ask('DELETE', `/installs/${installId}`);
  }

  /** A new version of the app comes to the install; id, key and data stay. */
  async upgrade(installId: number): Promise<void> {
    await this.#ask('POST', `/installs/${installId}/upgrade`);
  }

  /** Ends it because its installation failed; what it has written is gone. */
  async fail(installId: number): Promise<void> {
    await this.#ask('POST', `/installs/${installId}/fail`);
  }

  /** Every record of its four stores, secrets included. */
  async records(installId: number): Promise<StoresDocument> {
    return (await this.#ask('GET', `/installs/${installId}/export?secrets=include`)) as unknown as StoresDocument;
  }

  /** Each store that the document has then holds exactly what it says. */
  async load(installId: number, document: StoresDocument): Promise<void> {
    await this.#ask('POST', `/installs/${installId}/import`, document);
  }

  async clock(appId?: string): Promise<ClockReading> {
    return (await this.#ask('GET', `/clock${of(appId)}`)) as unknown as ClockReading;
  }

  /** Sets the time, which then stands still, or says that it goes by again. */
  async setClock(to: {mode?: 'system' | 'manual'; now?: string}, appId?: string): Promise<ClockReading> {
    return (await this.#ask('PUT', `/clock${of(appId)}`, to)) as unknown as ClockReading;
  }

  /** Moves time that stands still. */
  async advanceClock(seconds: number, appId?: string): Promise<ClockReading> {
    return (await this.#ask('POST', `/clock/advance${of(appId)}`, {seconds})) as unknown as ClockReading;
  }

  /** Arms a rule; with an app, for its operations alone. */
  async arm(rule: FaultRule, appId?: string): Promise<ArmedFault> {
    return (await this.#ask('POST', `/faults${of(appId)}`, rule)) as unknown as ArmedFault;
  }

  /** The rules, with how often each matched and fired. */
  async faults(appId?: string): Promise<ArmedFault[]> {
    return (await this.#ask('GET', `/faults${of(appId)}`))['faults'] as ArmedFault[];
  }

  async disarm(faultId?: number, appId?: string): Promise<void> {
    await this.#ask('DELETE', `/faults${faultId === undefined ? '' : `/${faultId}`}${of(appId)}`);
  }

  /** What happened behind a sequence, in order, page after page to its end. */
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
      const page = await this.#ask('GET', `/journal?${parameters.toString()}`);
      const entries = page['entries'] as JournalEntry[];
      all.push(...entries);
      const next = page['next'] as number;
      if (entries.length === 0 || next <= after) {
        return all;
      }
      after = next;
    }
  }

  /** Forgets everything, or all of one app. */
  async reset(appId?: string): Promise<void> {
    await this.#ask('POST', `/reset${of(appId)}`);
  }

  close(): void {
    this.#connection.close();
  }

  async #ask(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    const where = `${method} /_emulator${path}`;
    try {
      const answer = await this.#connection.send(
        method,
        `/_emulator${path}`,
        this.#headers,
        body === undefined ? '' : JSON.stringify(body),
      );
      if (answer.status === 204) {
        return {};
      }
      if (answer.status !== 200) {
        throw refusal(answer, {}, where);
      }
      const json = parseJson(answer.text);
      if (!isObject(json)) {
        throw notOfThisProtocol({}, where, answer.status);
      }
      return json;
    } catch (failure) {
      throw noAnswer(failure, {}, where, this.#connection.url);
    }
  }
}

function of(appId: string | undefined): string {
  return appId === undefined ? '' : `?appId=${encodeURIComponent(appId)}`;
}
