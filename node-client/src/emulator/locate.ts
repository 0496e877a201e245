import {existsSync} from 'node:fs';
import {delimiter, join, resolve} from 'node:path';

import {StorageError} from '../errors.js';

/** Finds the Java executable: the `java` option, then JAVA_HOME, then the PATH. */
export function findJava(given: string | undefined, environment: NodeJS.ProcessEnv): string {
  const executable = process.platform === 'win32' ? 'java.exe' : 'java';
  if (given !== undefined) {
    return given;
  }
  const home = nonEmpty(environment, 'JAVA_HOME');
  if (home !== undefined) {
    const java = join(home, 'bin', executable);
    if (existsSync(java)) {
      return java;
    }
    throw unavailable(`JAVA_HOME is '${home}', but '${java}' does not exist. Set JAVA_HOME to a JDK, version 17 or newer.`);
  }
  const onPath = (environment['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, executable))
    .find((java) => existsSync(java));
  if (onPath === undefined) {
    throw unavailable(
      'No Java was found: JAVA_HOME is not set and the PATH has no java. Install a JDK, version 17 or newer, or pass its' +
        ' executable to startEmulator({java}).',
    );
  }
  return onPath;
}

/** Finds the emulator's jar: the `jar` option, then STOWAGE_JAR, then the jar in this package, then the repository's build. */
export function findJar(given: string | undefined, environment: NodeJS.ProcessEnv): string {
  const configured = given ?? nonEmpty(environment, 'STOWAGE_JAR');
  const packageFolder = resolve(__dirname, '..', '..');
  const candidates =
    configured === undefined
      ? [join(packageFolder, 'stowage.jar'), join(packageFolder, '..', 'standalone', 'target', 'stowage.jar')]
      : [resolve(configured)];
  const jar = candidates.find((candidate) => existsSync(candidate));
  if (jar === undefined) {
    throw unavailable(
      `The emulator's jar was not found at ${candidates.map((path) => `'${path}'`).join(' or ')}. Pass its path to` +
        ' startEmulator({jar}) or set STOWAGE_JAR. `./mvnw package -pl standalone -am` builds it.',
    );
  }
  return jar;
}

/** Returns the value of an environment variable; an empty one counts as not set. */
function nonEmpty(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  return environment[name] === '' ? undefined : environment[name];
}

function unavailable(message: string): StorageError {
  return new StorageError('unavailable', message);
}
