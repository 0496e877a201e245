import type {Control} from '../control/control.js';

/** The clock of a test app. It runs until it is set, frozen or advanced. Then it is frozen until `resume()`. */
export class TestClock {
  readonly #control: Control;
  readonly #appId: string;

  constructor(control: Control, appId: string) {
    this.#control = control;
    this.#appId = appId;
  }

  /** Returns the current time of the app. */
  async now(): Promise<Date> {
    return new Date((await this.#control.clock(this.#appId)).now);
  }

  /** Freezes the clock at an instant (a Date, or ISO 8601). */
  async set(now: Date | string): Promise<void> {
    await this.#control.setClock({now: typeof now === 'string' ? now : now.toISOString()}, this.#appId);
  }

  /** Freezes the clock and advances it. Records expire when time passes their expiry. */
  async advance(seconds: number): Promise<void> {
    await this.freeze();
    await this.#control.advanceClock(seconds, this.#appId);
  }

  /** Freezes the clock at its current time. */
  async freeze(): Promise<void> {
    await this.#control.setClock({mode: 'manual'}, this.#appId);
  }

  /** Lets the clock run again, with the system's time. */
  async resume(): Promise<void> {
    await this.#control.setClock({mode: 'system'}, this.#appId);
  }

  /** @deprecated The old name of `resume`. */
  run(): Promise<void> {
    return this.resume();
  }
}
