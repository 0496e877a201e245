/**
 * The resets of stores that have not completed. `reset()` is synchronous in the platform's SDK, so it only starts one: the
 * next call to the store waits for it, and rejects if it failed. Later calls are not affected by that failure.
 */
export class PendingResets {
  readonly #resets = new Map<string, Promise<void>>();

  /** Starts to empty the store that the key stands for, after earlier resets of it. */
  start(key: string, clear: () => Promise<void>): void {
    const earlier = this.#resets.get(key);
    const reset = (async () => {
      await earlier?.catch(() => undefined);
      await clear();
    })();
    this.#resets.set(key, reset);
    reset.then(
      () => {
        this.#remove(key, reset);
      },
      // The next call rejects with it.
      () => undefined,
    );
  }

  /** Waits until the store is empty. Rejects with the error of its reset, once. */
  async wait(key: string): Promise<void> {
    const reset = this.#resets.get(key);
    try {
      await reset;
    } catch (problem) {
      this.#remove(key, reset);
      throw problem;
    }
  }

  /** Waits until all resets have ended, whether or not they failed. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#resets.values());
    this.#resets.clear();
  }

  #remove(key: string, reset: Promise<void> | undefined): void {
    if (this.#resets.get(key) === reset) {
      this.#resets.delete(key);
    }
  }
}
