/**
 * Runs tasks of the same key one after another. Updaters of one process on one record go through it, because they would
 * otherwise only cause each other conflicts: 100 concurrent updaters need about 5,000 rounds, in a queue they need 100.
 */
export class KeyedQueue {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs the task when all earlier tasks of this key have ended, whether or not they failed. */
  async run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key);
    const mine = before === undefined ? task() : before.then(task, task);
    this.#last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(key) === mine) {
        this.#last.delete(key);
      }
    }
  }
}
