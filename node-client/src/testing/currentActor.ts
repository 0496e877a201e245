import {AsyncLocalStorage} from 'node:async_hooks';

const actors = new AsyncLocalStorage<string>();

/** Calls `run` as the code of an actor: the storage operations in it, and in what it starts, are the actor's. */
export function runAsActor<T>(actor: string, run: () => T): T {
  return actors.run(actor, run);
}

/** The actor whose code is running, if any. */
export function currentActor(): string | undefined {
  return actors.getStore();
}
