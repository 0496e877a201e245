import {storage} from '@zaiusinc/app-sdk';

async function run(ttl?: {ttl: number}): Promise<boolean> {
  const before = await storage.kvStore.put('lock', {held: true}, ttl);
  if ('held' in before) {
    return false;
  }
  await storage.kvStore.increment('job', 'runs');
  await storage.kvStore.delete('lock');
  return true;
}

/** The correct version: if the job dies, its lock expires. Returns false if it is already running. */
export const runWithAnExpiringLock = (): Promise<boolean> => run({ttl: 600});

/** The mistake: if the job dies before it deletes the lock, it never runs again. */
export const runWithALockWithoutTtl = (): Promise<boolean> => run();
