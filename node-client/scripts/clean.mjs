// Deletes the files of an earlier build, so that they are not packed.
import {rmSync} from 'node:fs';

rmSync(new URL('../dist', import.meta.url), {recursive: true, force: true});
