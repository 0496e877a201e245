import {storage} from '@zaiusinc/app-sdk';

/** The correct version: if another client writes in between, the updater runs again. */
export async function countByPatch(page: string): Promise<void> {
  await storage.kvStore.patch<{visits?: number}>(page, (before) => ({visits: (before.visits ?? 0) + 1}));
}

/** The mistake: a visit that another client counts between the get and the put is lost. */
export async function countByGetAndPut(page: string): Promise<void> {
  const before = await storage.kvStore.get<{visits?: number}>(page);
  await storage.kvStore.put(page, {visits: (before.visits ?? 0) + 1});
}
