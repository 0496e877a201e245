import type {Control} from '../control/control.js';
import type {ArmedFault, CallMatch, Fault, FaultKind} from '../control/wire.js';

/** A fault by its kind alone, where the kind says all. */
export type FaultOrKind = Fault | Exclude<FaultKind, 'race' | 'delay'>;

/** When a fault happens: to which operations, after how many of them, and how often. */
export interface When extends Omit<CallMatch, 'appId'> {
  /** How many that match pass first; none unless told. */
  readonly skip?: number;
  /** How many that match then meet it; one unless told. */
  readonly times?: number;
}

/** What goes wrong in a test app, and in no other. */
export class TestFaults {
  readonly #control: Control;
  readonly #appId: string;

  constructor(control: Control, appId: string) {
    this.#control = control;
    this.#appId = appId;
  }

  /** `arm('lostResponse', {operation: 'put', key: 'utoken'})` */
  arm(fault: FaultOrKind, when: When = {}): Promise<ArmedFault> {
    const {skip, times, ...match} = when;
    return this.#control.arm(
      {
        match,
        ...(skip === undefined ? {} : {skip}),
        ...(times === undefined ? {} : {times}),
        fault: typeof fault === 'string' ? {kind: fault} : fault,
      },
      this.#appId,
    );
  }

  /** The rules, with how often each matched and fired. */
  list(): Promise<ArmedFault[]> {
    return this.#control.faults(this.#appId);
  }

  /** Takes all of them away. */
  clear(): Promise<void> {
    return this.#control.disarm(undefined, this.#appId);
  }
}
