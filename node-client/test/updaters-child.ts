/* One of the concurrent processes of updaters.test.ts. */
import {connect} from '@stowage/client';

const [url = '', apiKey = ''] = process.argv.slice(2);
const {sharedKvStore} = connect({url, apiKey, sdk: false});

async function work(): Promise<void> {
  const patches = Array.from({length: 25}, () =>
    sharedKvStore.patch<{n?: number}>('shared', (previous) => ({n: (previous.n ?? 0) + 1})),
  );
  const taken: number[] = [];
  const take = async (): Promise<void> => {
    for (;;) {
      const element = await sharedKvStore.shift<number>('queue', 'elements');
      if (element === undefined) {
        return;
      }
      taken.push(element);
    }
  };
  await Promise.all([...patches, take(), take(), take(), take()]);
  process.send?.(taken);
}

void work();
