import {existsSync} from 'node:fs';
import {delimiter, join, resolve} from 'node:path';

import {StorageError} from '../errors.js';

/** The Java to start: the one that is told, JAVA_HOME's, or the one on the path. */
export function findJava(given: string | undefined, environment: NodeJS.ProcessEnv): string {
  const executable = process.platform === 'win32' ? 'java.exe' : 'java';
  if (given !== undefined) {
    return given;
  }
  const home = setIn(environment, 'JAVA_HOME');
  if (home !== undefined) {
    const java = join(home, 'bin', executable);
    if (existsSync(java)) {
      return java;
    }
    throw unavailable(`JAVA_HOME is '${home}', and there is no '${java}'. Let it name a JDK, 17 or newer.`);
  }
  const onPath = (environment['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, executable))
    .find((java) => existsSync(java));
  if (onPath === undefined) {
    throw unavailable(
      'There is no Java on the PATH and no JAVA_HOME. The emulator needs a JDK, 17 or newer; startEmulator({java}) takes' +
        ' its path, too.',
    );
  }
  return onPath;
}

/** The emulator's jar: the one that is told, STOWAGE_JAR's, the one in this package, or the one that its repository builds. */
export function findJar(given: string | undefined, environment: NodeJS.ProcessEnv): string {
  const told = given ?? setIn(environment, 'STOWAGE_JAR');
  const packageFolder = resolve(__dirname, '..', '..');
  const candidates =
    told === undefined
      ? [join(packageFolder, 'stowage.jar'), join(packageFolder, '..', 'emulator', 'target', 'stowage.jar')]
      : [resolve(told)];
  const jar = candidates.find((candidate) => existsSync(candidate));
  if (jar === undefined) {
    throw unavailable(
      `The emulator's jar is not there; looked for ${candidates.map((path) => `'${path}'`).join(' and ')}. Give its path` +
        ' as startEmulator({jar}) or in STOWAGE_JAR; `./mvnw package -pl emulator -am` builds it.',
    );
  }
  return jar;
}

/** Empty is unset. */
function setIn(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  return environment[name] === '' ? undefined : environment[name];
}

function unavailable(message: string): StorageError {
  return new StorageError('unavailable', message);
}
