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

/** Clients that are run in every order of their operations that can make a difference. */
export interface Exploration {
  readonly explorationId: number;
  readonly appId: string;
  readonly actors: readonly string[];
  /** How many orders have begun. */
  readonly orders: number;
  /** Whether there is no further order. */
  readonly done: boolean;
  /** Where each actor is in the current order: `ann is paused before kvStore.put k`. */
  readonly states: readonly string[];
}

/** The new install of an app that was reset, with the new key of its global functions. */
export interface RenewedInstall extends Install {
  readonly appKey: string;
}

/** An order that has begun, or the end of the exploration. */
export type NextOrder =
  | {readonly done: false; readonly order: number; readonly install: RenewedInstall}
  | {readonly done: true; readonly order: number; readonly exhaustive: boolean; readonly summary: string};

export interface OrderStep {
  readonly actor: string;
  readonly store: StoreName;
  readonly operation: string;
  readonly key: string;
  /** `v1 → v2`, the versions of the record; or the error code. */
  readonly outcome: string;
}

/** The operations of an order that is over. */
export interface OrderResult {
  readonly order: number;
  readonly steps: readonly OrderStep[];
  /** The order as a table, with a column for each actor. */
  readonly columns: string;
  /** Runs only this order, as the `replay` of a new exploration. */
  readonly token: string;
  /** What was run before this order. */
  readonly progress: string;
  /** Why the order says nothing about the app. Absent if it is valid. */
  readonly problem?: {readonly kind: 'deadlock' | 'divergence'; readonly message: string};
}

/** A run of a sweep that has begun, or the end of the sweep. */
export type NextRun = {
  /** The operations of the first run: `secrets.put utoken`. */
  readonly operations?: readonly string[];
  /** How many runs were left out because of `maxRuns`. */
  readonly leftOut?: string;
} & (
  | {
      readonly done: false;
      /** `lostResponse at 3 of 5: secrets.put utoken`, or `without a fault`. */
      readonly run: string;
      readonly fault?: FaultKind;
      readonly install: RenewedInstall;
    }
  | {readonly done: true}
);

/** What the fault of a run did. Only `problem` can be there in a run without a fault. */
export interface RunResult {
  /** Why the run says nothing about the app: its fault was not injected as planned. */
  readonly problem?: string;
  readonly run?: string;
  /** Runs only this one, as the `only` of a new sweep. */
  readonly only?: string;
  readonly explanation?: string;
  /** The errors that the fault causes. */
  readonly errorCodes?: readonly string[];
  /** The operations, a line each. */
  readonly operations?: string;
}

/** A value of an install that has ended, which the app used in a later one. The value is masked. */
export interface StaleValue {
  readonly value: string;
  readonly store: StoreName;
  readonly key: string;
  readonly field: string;
  readonly oldInstallId: number;
  readonly installId: number;
  /** How the app used it: `wrote this value with kvStore.put of 'job', field 'token'`. */
  readonly use: string;
  readonly message: string;
}

/** A best practice of the storage that the app breaks, at one record. */
export interface Advice {
  /** `get-then-put` */
  readonly practice: string;
  readonly store: StoreName;
  readonly key: string;
  /** What the app did. */
  readonly observation: string;
  /** What to do instead, and why. */
  readonly advice: string;
  /** The operations, in order, without values. */
  readonly evidence: readonly string[];
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
