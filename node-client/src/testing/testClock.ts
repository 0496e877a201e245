import type {Control} from '../control/control.js';

/** A test app's own time. It goes by like everybody's until it is set or moved; from then on it stands still. */
export class TestClock {
  readonly #control: Control;
  readonly #appId: string;

  constructor(control: Control, appId: string) {
    this.#control = control;
    this.#appId = appId;
  }

  async now(): Promise<Date> {
    return new Date((await this.#control.clock(this.#appId)).now);
  }

  /** Sets it: an instant, or ISO 8601. */
  async set(now: Date | string): Promise<void> {
    await this.#control.setClock({now: typeof now === 'string' ? now : now.toISOString()}, this.#appId);
  }

  /** Moves it. Moving time is what expires records. */
  async advance(seconds: number): Promise<void> {
    await this.#control.setClock({mode: 'manual'}, this.#appId);
    await this.#control.advanceClock(seconds, this.#appId);
  }

  /** Lets it go by again. */
  async run(): Promise<void> {
    await this.#control.setClock({mode: 'system'}, this.#appId);
  }
}
