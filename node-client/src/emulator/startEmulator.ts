import {type ChildProcess, spawn} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import {readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

import {Control} from '../control/control.js';
import {StorageError} from '../errors.js';
import {monotonicMs, pause, startTimer, stopTimer} from '../time.js';
import {findJar, findJava} from './java.js';

export interface StartOptions {
  /** The jar; STOWAGE_JAR, the one in this package or the repository's own, unless told. */
  readonly jar?: string;
  /** The Java; JAVA_HOME's or the one on the PATH, unless told. */
  readonly java?: string;
  /** The port to listen on; a free one unless told. */
  readonly port?: number;
  /** The app of the first install; `default` unless told. */
  readonly app?: string;
  /** Lets time stand still until it is moved: from this instant (ISO 8601), or from now (`true`). */
  readonly manualClock?: string | true;
  /** What a reinstall finds in its stores: nothing, unless told. */
  readonly reinstallPolicy?: 'wipe' | 'keep';
  /** How many operations the journal holds; 10,000 unless told. */
  readonly journalSize?: number;
  /** A document, as an export has it, for the first install. */
  readonly seed?: string;
  /** How long it may take until it answers; 30,000 unless told. */
  readonly startTimeoutMs?: number;
}

/** A running emulator. It ends with this process, however that ends. */
export interface Emulator {
  readonly url: string;
  /** The key of its first install. */
  readonly apiKey: string;
  /** The key of that install's app. */
  readonly appKey: string;
  readonly installId: number;
  readonly pid: number;
  /** Apps, installs, time, faults, the journal. */
  readonly control: Control;
  /** Ends it, and waits for its end; a second time it does nothing. */
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

/** Starts the emulator on a loopback address and waits until it answers. */
export async function startEmulator(options: StartOptions = {}): Promise<Emulator> {
  const java = findJava(options.java, process.env);
  const jar = findJar(options.jar, process.env);
  // A name of its own in the folder for such, and no folder of its own: what this process can't remove when it is killed,
  // the emulator removes when it ends.
  const readyFile = join(tmpdir(), `stowage-${process.pid}-${randomUUID()}.json`);
  const child = spawn(java, [...javaOptions(), '-jar', jar, ...argumentsOf(options, readyFile)], {
    stdio: ['pipe', 'ignore', 'pipe'],
    env: environmentWithoutOptions(),
    windowsHide: true,
  });
  const life = new Life(child);
  try {
    const ready = await life.readyOnce(readyFile, options.startTimeoutMs ?? 30_000);
    const control = new Control(ready.url);
    await control.checkVersion();
    // From here on it keeps this process from nothing; its standard input ends with this process, and it with that.
    life.letGo();
    return {
      ...ready,
      control,
      stop: async () => {
        control.close();
        await life.end();
        rmSync(readyFile, {force: true});
      },
    };
  } catch (problem) {
    await life.end();
    rmSync(readyFile, {force: true});
    throw problem;
  }
}

/** Quick to start and small, which is what counts in tests. */
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
  return args;
}

/** Every option of the jar is an environment variable, too; what is set there for another emulator is not meant for this. */
function environmentWithoutOptions(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('STOWAGE_')));
}

/** The emulator's process, from its start to its end. */
class Life {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #end: string | undefined;
  #stderr = '';

  constructor(child: ChildProcess) {
    this.#child = child;
    // Nobody reads the last word of a pipe whose other end is gone.
    child.stdin?.on('error', () => undefined);
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-4_000);
    });
    this.#ended = new Promise((resolve) => {
      child.once('error', (problem) => {
        this.#end = `it could not be started: ${problem.message}`;
        resolve();
      });
      child.once('close', (status, signal) => {
        this.#end ??= signal === null ? `it ended with the status ${status}` : `it was ended by ${signal}`;
        resolve();
      });
    });
  }

  async readyOnce(file: string, timeoutMs: number): Promise<ReadyFile> {
    const start = monotonicMs();
    for (;;) {
      const ready = read(file);
      if (ready !== undefined) {
        return ready;
      }
      if (this.#end !== undefined) {
        throw new StorageError('unavailable', `The emulator is not running: ${this.#end}.${this.#said()}`);
      }
      if (monotonicMs() - start > timeoutMs) {
        throw new StorageError(
          'unavailable',
          `The emulator did not answer within ${timeoutMs} ms, and was ended. A larger startTimeoutMs gives it longer.` +
            this.#said(),
        );
      }
      await pause(POLL_MS);
    }
  }

  letGo(): void {
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

  #said(): string {
    const said = this.#stderr.trim();
    if (said.includes('UnsupportedClassVersionError')) {
      return ' Its Java is too old: it needs a JDK, 17 or newer.';
    }
    return said === '' ? '' : ` It said: ${said}`;
  }
}

function read(file: string): ReadyFile | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ReadyFile;
  } catch {
    return undefined;
  }
}
