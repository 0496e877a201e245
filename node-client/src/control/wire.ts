/*
 * What the control plane says, as its openapi.yaml has it.
 */
import type {StoreName} from '../stores.js';

export interface Health {
  readonly status: string;
  readonly version: string;
  readonly uptimeMs: number;
}

export interface AppKey {
  readonly appId: string;
  readonly appKey: string;
}

export interface Install {
  readonly installId: number;
  readonly appId: string;
  /** The account it sits in. */
  readonly trackerId: string;
  readonly apiKey: string;
}

export interface InstallWithState extends Install {
  readonly state: 'active' | 'uninstalled' | 'failed';
  readonly history: readonly {readonly event: string; readonly at: string}[];
  /** How many operations came with its key after it had ended. */
  readonly lateOperations: number;
}

export interface ClockReading {
  /** ISO 8601. */
  readonly now: string;
  readonly mode: 'system' | 'manual';
}

/** Which operations a rule means: those that fit every part that is given. */
export interface CallMatch {
  readonly appId?: string;
  readonly installId?: number;
  readonly store?: StoreName;
  readonly operation?: string;
  readonly key?: string;
}

/** What happens to an operation. Faults are matched by counting, never at random. */
export type Fault =
  | {readonly kind: 'conflict'}
  | {
      readonly kind: 'race';
      /** The other client's write, just before this one; its value as it travels. */
      readonly write: {readonly operation: 'put' | 'patch'; readonly value: object; readonly ttl?: number};
    }
  | {readonly kind: 'delay'; readonly ms: number}
  | {
      readonly kind:
        | 'unavailable'
        | 'throttled'
        | 'lostRequest'
        | 'lostResponse'
        | 'staleRead'
        | 'malformedResponse'
        /** The old name of `malformedResponse`. */
        | 'garbled'
        | 'expire'
        | 'reinstall';
    };

export type FaultKind = Fault['kind'];

/** Of the operations that match, the first `skip` (0) pass and the next `times` (1) meet the fault. */
export interface FaultRule {
  readonly match?: CallMatch;
  readonly skip?: number;
  readonly times?: number;
  readonly fault: Fault;
}

export interface ArmedFault extends FaultRule {
  readonly faultId: number;
  readonly matched: number;
  readonly fired: number;
}

/** An operation that happened; names, outcome and versions, never a value. */
export interface JournalEntry {
  readonly sequence: number;
  readonly at: string;
  readonly appId: string;
  /** Absent for a global function. */
  readonly installId?: number;
  readonly store: StoreName;
  readonly operation: string;
  readonly key: string;
  /** `ok`, or the code of the refusal. */
  readonly outcome: string;
  readonly versionBefore: number;
  readonly versionAfter: number;
  readonly fault?: FaultKind;
}

/** Every record of an install's stores; values as they travel. */
export interface StoresDocument {
  readonly format: 'stowage/1';
  readonly stores: Partial<Record<StoreName, Record<string, {value?: object; ttl?: number; masked?: true}>>>;
}
