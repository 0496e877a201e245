/*
 * The requests and responses of the control plane, as in its openapi.yaml.
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
  /** The account that the app is installed in. */
  readonly trackerId: string;
  readonly apiKey: string;
}

export interface InstallWithState extends Install {
  readonly state: 'active' | 'uninstalled' | 'failed';
  readonly history: readonly {readonly event: string; readonly at: string}[];
  /** How many operations were rejected because they used its key after it had ended. */
  readonly lateOperations: number;
}

export interface ClockReading {
  /** ISO 8601. */
  readonly now: string;
  readonly mode: 'system' | 'manual';
}

/** Selects the operations that a rule applies to: those that match every member that is present. */
export interface CallMatch {
  readonly appId?: string;
  readonly installId?: number;
  readonly store?: StoreName;
  readonly operation?: string;
  readonly key?: string;
}

/** What happens to an operation. A fault is injected by count, never at random. */
export type Fault =
  | {readonly kind: 'conflict'}
  | {
      readonly kind: 'race';
      /** The write of another client, carried out directly before this operation. Its value is in wire format. */
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

/** Of the operations that match, the first `skip` (default: 0) pass, and the fault is injected into the next `times` (default: 1). */
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

/** An operation that waits at a hold. */
export interface HeldOperation {
  /** Its number among the operations of the hold, in the order of arrival, starting with 1. */
  readonly operationId: number;
  readonly appId: string;
  /** Absent for a global function. */
  readonly installId?: number;
  readonly store: StoreName;
  readonly operation: string;
  readonly key: string;
  /** The address and port of the client. */
  readonly client: string;
}

/** Operations that match wait until they are released. */
export interface Hold {
  readonly holdId: number;
  readonly match: CallMatch;
  /** How long an operation waits at most, in milliseconds. Then it is refused with `unavailable`. */
  readonly deadlineMs: number;
  /** The operations that wait, in the order in which they arrived. */
  readonly waiting: readonly HeldOperation[];
}

/** An operation that was carried out or refused: names, outcome and versions, never a value. */
export interface JournalEntry {
  readonly sequence: number;
  readonly at: string;
  readonly appId: string;
  /** Absent for a global function. */
  readonly installId?: number;
  readonly store: StoreName;
  readonly operation: string;
  readonly key: string;
  /** `ok`, or the error code. */
  readonly outcome: string;
  readonly versionBefore: number;
  readonly versionAfter: number;
  readonly fault?: FaultKind;
  /** The address and port of the client. */
  readonly client: string;
  /** The address and port of the emulator that executed the operation. */
  readonly server: string;
}

/** All records of an install's stores. Values are in wire format. */
export interface StoresDocument {
  readonly format: 'stowage/1';
  readonly stores: Partial<Record<StoreName, Record<string, {value?: object; ttl?: number; masked?: true}>>>;
}
