import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync, statSync} from 'node:fs';
import {homedir} from 'node:os';
import {join} from 'node:path';

/** A new archive of a process that was not stopped here is complete after this time. */
const COMPLETE_AFTER_MS = 60_000;

/** Archives of jars that are no longer used are deleted after this time, and one that is used is made again. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1_000;

/** Without them, the JVM writes warnings about an archive that does not fit. */
const NO_WARNINGS = ['-Xlog:disable', '-Xlog:all=error:stderr'];

/**
 * The classes that a start of the emulator loads, as the JVM maps them into memory (class data sharing): with it, a start takes two thirds
 * of the time. The first emulator of a jar and a Java writes it when it ends. It lies in the user's folder for caches. The JVM ignores one
 * that does not fit, and where none can be written, a start is only slower.
 */
export class ClassArchive {
  readonly #folder: string;
  readonly #file: string;
  readonly #newFile: string;

  private constructor(folder: string, name: string) {
    this.#folder = folder;
    this.#file = join(folder, name);
    this.#newFile = `${this.#file}.new`;
  }

  /** Undefined on CI, where it would be made for one run, and where there is no folder for it. */
  static of(java: string, jar: string, environment: NodeJS.ProcessEnv): ClassArchive | undefined {
    if ((environment['CI'] ?? '') !== '') {
      return undefined;
    }
    try {
      const folder = join(cacheFolder(environment), 'stowage');
      mkdirSync(folder, {recursive: true, mode: 0o700});
      return new ClassArchive(folder, `${identityOf([java, jar])}.jsa`);
    } catch {
      return undefined;
    }
  }

  /** The JVM's options: to use the archive, or to write one at its end. */
  options(): string[] {
    if (isOlderThan(this.#newFile, COMPLETE_AFTER_MS)) {
      this.keep();
    }
    const option = existsSync(this.#file) ? `-XX:SharedArchiveFile=${this.#file}` : `-XX:ArchiveClassesAtExit=${this.#newFile}`;
    return [...NO_WARNINGS, option];
  }

  /** To be called when the process has ended: later ones use what it has written. */
  keep(): void {
    try {
      renameSync(this.#newFile, this.#file);
      readdirSync(this.#folder)
        .map((name) => join(this.#folder, name))
        .filter((file) => isOlderThan(file, KEPT_MS))
        .forEach((file) => { rmSync(file); });
    } catch {
      // It has written none, or another process was faster.
    }
  }
}

function cacheFolder(environment: NodeJS.ProcessEnv): string {
  switch (process.platform) {
    case 'win32':
      return environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local');
    case 'darwin':
      return join(homedir(), 'Library', 'Caches');
    default:
      return environment['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  }
}

/** Differs if one of the files does. */
function identityOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) {
    const path = realpathSync(file);
    const {size, mtimeMs} = statSync(path);
    hash.update(`${path}\n${size}\n${mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

function isOlderThan(file: string, ms: number): boolean {
  try {
    return Date.now() - statSync(file).mtimeMs > ms;
  } catch {
    return false;
  }
}
