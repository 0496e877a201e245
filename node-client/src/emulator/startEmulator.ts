import {type ChildProcess, spawn} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import {readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

import {Control} from '../control/control.js';
import {StorageError} from '../errors.js';
import {monotonicMs, pause, startTimer, stopTimer} from '../realTimers.js';
import {ClassArchive} from './classArchive.js';
import {findJar, findJava} from './locate.js';

export interface StartOptions {
  /** The emulator's jar. Default: STOWAGE_JAR, then the jar in this package, then the repository's build. */
  readonly jar?: string;
  /** The Java executable. Default: that of JAVA_HOME, then the first on the PATH. */
  readonly java?: string;
  /** The port to listen on. Default: a free port. */
  readonly port?: number;
  /** The app of the first install. Default: `default`. */
  readonly app?: string;
  /** Starts with a frozen clock at this instant (ISO 8601), or at the current time (`true`). Default: the clock runs. */
  readonly manualClock?: string | true;
  /** What a reinstall does with the records. Default: `wipe`. */
  readonly reinstallPolicy?: 'wipe' | 'keep';
  /** How many operations the journal holds. Default: 10,000. */
  readonly journalSize?: number;
  /** A file with initial data for a new install, in the format of an export. An install in the data folder keeps its data. */
  readonly seed?: string;
  /** A folder in which apps, installs, keys, records and clocks are kept, and with which it starts. Default: everything is in memory. */
  readonly data?: string;
  /** What an acknowledged write in the data folder survives: the end of the process, or also a crash of the machine. Default: `process`. */
  readonly durability?: 'process' | 'disk';
  /** The key that encrypts the secrets stores in the data folder: 32 bytes in Base64. Default: no encryption. */
  readonly dataKey?: string;
  /** How long the start may take, in milliseconds. Default: 30,000. */
  readonly startTimeoutMs?: number;
}

/** A running emulator. It stops when this process ends, also when this process is killed. */
export interface Emulator {
  readonly url: string;
  /** The key of the first install. */
  readonly apiKey: string;
  /** The key of the app of the first install. */
  readonly appKey: string;
  readonly installId: number;
  readonly pid: number;
  /** The control plane: apps, installs, clocks, faults, the journal. */
  readonly control: Control;
  /** Stops the emulator and waits until it has ended. A second call does nothing. */
  stop(): Promise<void>;
}

interface ReadyFile {
  readonly url: string;
  readonly apiKey: string;
  readonly appKey: string;
  readonly installId: number;
  readonly pid: number;
}

const POLL_MS = 15;
const STOP_TIMEOUT_MS = 10_000;

/** Starts an emulator on 127.0.0.1 and waits until it is ready. */
export async function startEmulator(options: StartOptions = {}): Promise<Emulator> {
  const java = findJava(options.java, process.env);
  const jar = findJar(options.jar, process.env);
  // A file, not a folder of its own: if this process is killed, the emulator deletes the file, but would leave a folder.
  const readyFile = join(tmpdir(), `stowage-${process.pid}-${randomUUID()}.json`);
  const archive = ClassArchive.of(java, jar, process.env);
  const child = spawn(java, [...javaOptions(), ...(archive?.options() ?? []), '-jar', jar, ...argumentsOf(options, readyFile)], {
    stdio: ['pipe', 'ignore', 'pipe'],
    env: {...environmentWithoutOptions(), ...(options.dataKey === undefined ? {} : {STOWAGE_DATA_KEY: options.dataKey})},
    windowsHide: true,
  });
  const emulatorProcess = new EmulatorProcess(child);
  try {
    const ready = await emulatorProcess.waitUntilReady(readyFile, options.startTimeoutMs ?? 30_000);
    const control = new Control(ready.url);
    await control.checkVersion();
    // The child no longer keeps this process running. It stops when its standard input closes, that is with this process.
    emulatorProcess.unref();
    return {
      ...ready,
      control,
      stop: async () => {
        control.close();
        await emulatorProcess.end();
        archive?.keep();
        rmSync(readyFile, {force: true});
      },
    };
  } catch (problem) {
    await emulatorProcess.end();
    rmSync(readyFile, {force: true});
    throw problem;
  }
}

/** Options for a fast start and a small memory footprint. */
function javaOptions(): string[] {
  return ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto'];
}

function argumentsOf(options: StartOptions, readyFile: string): string[] {
  const args = ['serve', '--stop-with-stdin', '--host', '127.0.0.1', '--port', String(options.port ?? 0)];
  args.push('--ready-file', readyFile);
  if (options.app !== undefined) {
    args.push('--app', options.app);
  }
  if (options.manualClock !== undefined) {
    args.push(`--manual-clock=${options.manualClock === true ? 'now' : options.manualClock}`);
  }
  if (options.reinstallPolicy !== undefined) {
    args.push('--reinstall-policy', options.reinstallPolicy);
  }
  if (options.journalSize !== undefined) {
    args.push('--journal-size', String(options.journalSize));
  }
  if (options.seed !== undefined) {
    args.push('--seed', options.seed);
  }
  if (options.data !== undefined) {
    args.push('--data', options.data);
  }
  if (options.durability !== undefined) {
    args.push('--durability', options.durability);
  }
  return args;
}

/** The jar also reads its options from STOWAGE_… variables. Those that are set for another emulator must not configure this one. */
function environmentWithoutOptions(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('STOWAGE_')));
}

/** The child process of the emulator. */
class EmulatorProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #end: string | undefined;
  #stderr = '';

  constructor(child: ChildProcess) {
    this.#child = child;
    // Closing the pipe of a process that has ended fails with EPIPE, which is harmless.
    child.stdin?.on('error', () => undefined);
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-4_000);
    });
    this.#ended = new Promise((resolve) => {
      child.once('error', (problem) => {
        this.#end = `the process could not be started: ${problem.message}`;
        resolve();
      });
      child.once('close', (status, signal) => {
        this.#end ??= signal === null ? `the process ended with status ${status}` : `the process was ended by ${signal}`;
        resolve();
      });
    });
  }

  async waitUntilReady(file: string, timeoutMs: number): Promise<ReadyFile> {
    const start = monotonicMs();
    for (;;) {
      const ready = read(file);
      if (ready !== undefined) {
        return ready;
      }
      if (this.#end !== undefined) {
        throw new StorageError('unavailable', `The emulator did not start: ${this.#end}.${this.#stderrExcerpt()}`);
      }
      if (monotonicMs() - start > timeoutMs) {
        throw new StorageError(
          'unavailable',
          `The emulator was not ready within ${timeoutMs} ms and was stopped. A larger startTimeoutMs gives it more time.` +
            this.#stderrExcerpt(),
        );
      }
      await pause(POLL_MS);
    }
  }

  unref(): void {
    this.#child.unref();
    for (const stream of [this.#child.stdin, this.#child.stderr]) {
      (stream as unknown as {unref?: () => void} | null)?.unref?.();
    }
  }

  async end(): Promise<void> {
    if (this.#end !== undefined) {
      return;
    }
    this.#child.ref();
    this.#child.stdin?.end();
    const timers = [
      startTimer(STOP_TIMEOUT_MS / 2, () => this.#child.kill('SIGTERM')),
      startTimer(STOP_TIMEOUT_MS, () => this.#child.kill('SIGKILL')),
    ];
    await this.#ended;
    timers.forEach(stopTimer);
  }

  #stderrExcerpt(): string {
    const text = this.#stderr.trim();
    if (text.includes('UnsupportedClassVersionError')) {
      return ' Java is too old: the emulator needs a JDK, version 17 or newer.';
    }
    return text === '' ? '' : ` Its error output: ${text}`;
  }
}

function read(file: string): ReadyFile | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ReadyFile;
  } catch {
    return undefined;
  }
}
