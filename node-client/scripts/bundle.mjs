// `add` copies the files of the repository that belong into the package: the emulator's jar, the licence and the notice.
// `remove` deletes them after packing, so that tests in the repository use the jar that was built last. The second argument is
// the folder of the package. Default: this one.
import {copyFileSync, existsSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const [action, folder = fileURLToPath(new URL('..', import.meta.url))] = process.argv.slice(2);
const FILES = {
  'stowage.jar': join(repository, 'standalone', 'target', 'stowage.jar'),
  LICENSE: join(repository, 'LICENSE'),
  NOTICE: join(repository, 'NOTICE'),
};

for (const [name, source] of Object.entries(FILES)) {
  if (action !== 'add') {
    rmSync(join(folder, name), {force: true});
  } else if (existsSync(source)) {
    copyFileSync(source, join(folder, name));
  } else if (name !== 'NOTICE') {
    console.error(`The package needs ${source}, which does not exist. ./mvnw package -pl standalone -am builds the jar.`);
    process.exitCode = 1;
  }
}
