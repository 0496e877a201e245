import type {Control} from '../control/control.js';
import type {ArmedFault, CallMatch, Fault, FaultKind} from '../control/types.js';

/** A fault, or its kind if it has no parameters. */
export type FaultOrKind = Fault | Exclude<FaultKind, 'race' | 'delay'>;

/** Which operations a fault is injected into. */
export interface FaultMatch extends Omit<CallMatch, 'appId'> {
  /** How many matching operations pass first. Default: 0. */
  readonly skip?: number;
  /** How many matching operations the fault is then injected into. Default: 1. */
  readonly times?: number;
}

/** The faults of a test app. They affect no other app. */
export class TestFaults {
  readonly #control: Control;
  readonly #appId: string;

  constructor(control: Control, appId: string) {
    this.#control = control;
    this.#appId = appId;
  }

  /** Arms a fault: `arm('lostResponse', {operation: 'put', key: 'utoken'})`. */
  arm(fault: FaultOrKind, match: FaultMatch = {}): Promise<ArmedFault> {
    const {skip, times, ...operations} = match;
    return this.#control.arm(
      {
        match: operations,
        ...(skip === undefined ? {} : {skip}),
        ...(times === undefined ? {} : {times}),
        fault: typeof fault === 'string' ? {kind: fault} : fault,
      },
      this.#appId,
    );
  }

  /** Returns the armed rules, with how often each matched and fired. */
  list(): Promise<ArmedFault[]> {
    return this.#control.faults(this.#appId);
  }

  /** Removes all rules. */
  clear(): Promise<void> {
    return this.#control.disarm(undefined, this.#appId);
  }
}
