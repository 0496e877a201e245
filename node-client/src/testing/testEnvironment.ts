import {Control} from '../control/control.js';
import {type Emulator, startEmulator, type StartOptions} from '../emulator/startEmulator.js';
import {Connection} from '../http/connection.js';
import {parseUrl} from '../http/parseUrl.js';
import {resolveSdk, type Sdk} from '../sdk.js';
import type {EmulatorAccess} from './testApp.js';

export interface TestEnvironmentOptions {
  /** The URL of a running emulator. Default: STOWAGE_URL; if that is not set, an emulator is started. */
  readonly url?: string;
  /** The token given to that emulator with `--admin-token`. Default: STOWAGE_ADMIN_TOKEN. */
  readonly adminToken?: string;
  /** The options of `startEmulator`, if an emulator is started. */
  readonly emulator?: StartOptions;
  /** The app's copy of the SDK. Default: resolved from this package, then from the working directory. `false`: no SDK. */
  readonly sdk?: Sdk | false;
  /** How long to wait for a response, in milliseconds. Default: 30,000. */
  readonly requestTimeoutMs?: number;
  /** How long a patch with an updater retries after version conflicts, in milliseconds. Default: 30,000. */
  readonly patchTimeoutMs?: number;
}

/** The emulator that the tests of this process use. It is looked up, or started, when the first test needs it. */
export class TestEnvironment {
  readonly sdk: Sdk;
  readonly #options: TestEnvironmentOptions;
  #opened: Promise<EmulatorAccess> | undefined;
  #emulator: Emulator | undefined;

  constructor(options: TestEnvironmentOptions) {
    this.#options = options;
    this.sdk = resolveSdk(options.sdk);
  }

  open(): Promise<EmulatorAccess> {
    this.#opened ??= this.#open().catch((problem: unknown) => {
      // The next test tries again.
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

  async #open(): Promise<EmulatorAccess> {
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
