// A package brings the emulator's jar with it, where it is built; in the repository itself the package has none, so that
// no old one is taken for the one that was just built.
import {copyFileSync, existsSync, rmSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const jar = fileURLToPath(new URL('../stowage.jar', import.meta.url));
const built = fileURLToPath(new URL('../../emulator/target/stowage.jar', import.meta.url));

if (process.argv[2] === 'take' && existsSync(built)) {
  copyFileSync(built, jar);
} else {
  rmSync(jar, {force: true});
}
