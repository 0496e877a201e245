/**
 * One updater at a time on one record, of those in this process. They would only make each other start over: a hundred at
 * once need five thousand rounds, in a lane they need a hundred. Other processes are what the rounds are for.
 */
export class Lanes {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs it when those before it in the lane have ended, however they did. */
  async run<T>(lane: string, task: () => Promise<T>): Promise<T> {
    const before = this.#last.get(lane);
    const mine = before === undefined ? task() : before.then(task, task);
    this.#last.set(lane, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(lane) === mine) {
        this.#last.delete(lane);
      }
    }
  }
}
