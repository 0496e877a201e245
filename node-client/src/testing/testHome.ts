import {Control} from '../control/control.js';
import {type Emulator, startEmulator, type StartOptions} from '../emulator/startEmulator.js';
import {Connection} from '../http/connection.js';
import {parseUrl} from '../http/url.js';
import {resolveSdk, type Sdk} from '../sdk.js';
import type {TestHome} from './testApp.js';

export interface HomeOptions {
  /** An emulator that runs already; STOWAGE_URL's unless told, and where that isn't set, one is started. */
  readonly url?: string;
  /** What `--admin-token` of that emulator said; STOWAGE_ADMIN_TOKEN's unless told. */
  readonly adminToken?: string;
  /** How to start one. */
  readonly emulator?: StartOptions;
  /** The app's own copy of the SDK; looked for unless told. `false` is none. */
  readonly sdk?: Sdk | false;
  /** How long a call waits for its answer; 30,000 unless told. */
  readonly requestTimeoutMs?: number;
  /** How long a patch with an updater tries to win; 30,000 unless told. */
  readonly patchTimeoutMs?: number;
}

/** The emulator that this process's tests use: found or started when the first of them needs it. */
export class Home {
  readonly sdk: Sdk;
  readonly #options: HomeOptions;
  #opened: Promise<TestHome> | undefined;
  #emulator: Emulator | undefined;

  constructor(options: HomeOptions) {
    this.#options = options;
    this.sdk = resolveSdk(options.sdk);
  }

  open(): Promise<TestHome> {
    this.#opened ??= this.#open().catch((problem: unknown) => {
      // The next test may be luckier, and says it again if it isn't.
      this.#opened = undefined;
      throw problem;
    });
    return this.#opened;
  }

  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    (await opened)?.connection.close();
    await this.#emulator?.stop();
  }

  async #open(): Promise<TestHome> {
    const given = this.#options.url ?? (process.env['STOWAGE_URL'] === '' ? undefined : process.env['STOWAGE_URL']);
    if (given === undefined) {
      this.#emulator = await startEmulator(this.#options.emulator);
    }
    const url = given ?? this.#emulator?.url ?? '';
    const timeouts = {connectTimeoutMs: 5_000, requestTimeoutMs: this.#options.requestTimeoutMs ?? 30_000};
    const adminToken = this.#options.adminToken ?? process.env['STOWAGE_ADMIN_TOKEN'];
    const control = new Control(url, {adminToken}, timeouts);
    await control.checkVersion();
    return {
      control,
      connection: new Connection(parseUrl(url), timeouts),
      sdk: this.sdk,
      patchTimeoutMs: this.#options.patchTimeoutMs ?? 30_000,
    };
  }
}
