// `add` copies the built emulator's jar into the package before packing, `remove` deletes it afterwards. In the repository
// the package has no jar, so that tests use the jar that was built last.
import {copyFileSync, existsSync, rmSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const jar = fileURLToPath(new URL('../stowage.jar', import.meta.url));
const built = fileURLToPath(new URL('../../emulator/target/stowage.jar', import.meta.url));

if (process.argv[2] === 'add' && existsSync(built)) {
  copyFileSync(built, jar);
} else {
  rmSync(jar, {force: true});
}
