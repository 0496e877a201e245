import {StorageError} from '@stowage/client';
import {storage} from '@zaiusinc/app-sdk';

/** Calls once more if the storage is unavailable. */
async function withRetry<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof StorageError && (error.code === 'unavailable' || error.code === 'throttled')) {
      return call();
    }
    throw error;
  }
}

/** The correct version: the ids of counted orders are stored, so a retry counts nothing twice. */
export async function receivedById(orderId: string): Promise<void> {
  await withRetry(() => storage.kvStore.addString('orders', 'ids', orderId));
}

/** The mistake: a lost response does not mean that nothing was done. */
export async function receivedByCounting(_orderId: string): Promise<void> {
  await withRetry(() => storage.kvStore.increment('orders', 'count'));
}
