// Stops `npm publish` while package.json has the placeholder of this repository. npm's provenance requires the URL of the
// repository that the release is built from.
import {readFileSync} from 'node:fs';

const {repository} = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
if (repository.url.includes('stowage.example')) {
  console.error(
    `The repository in package.json is the placeholder ${repository.url}. Set it before publishing:\n` +
      '  npm pkg set repository.url=git+https://github.com/OWNER/REPOSITORY.git homepage=https://github.com/OWNER/REPOSITORY' +
      ' bugs.url=https://github.com/OWNER/REPOSITORY/issues',
  );
  process.exitCode = 1;
}
