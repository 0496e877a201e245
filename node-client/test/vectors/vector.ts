import {readdirSync, readFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {isDeepStrictEqual} from 'node:util';

import {NumberSet, StringSet} from '@stowage/client';

export type Principal = 'install' | 'other' | 'app' | 'uninstalled' | 'nobody';

export interface Request {
  readonly path: string;
  readonly body: unknown;
}

export type Step = {readonly request: Request; readonly as?: Principal} | {readonly advanceSeconds: number};

export interface Exchange {
  readonly before?: readonly Step[];
  readonly request: Request;
  readonly answer: {readonly status: number; readonly body: unknown};
}

export interface UpdaterRun {
  readonly sees: unknown;
  readonly seesTtl?: number;
  readonly returns?: unknown;
  readonly throws?: true;
  readonly ttl?: number | 'remove';
}

export interface Vector {
  readonly name: string;
  readonly clauses: readonly string[];
  readonly as?: Principal;
  readonly given?: readonly Step[];
  readonly call: {readonly store: string; readonly method: string; readonly arguments: Record<string, unknown>};
  readonly exchanges: readonly Exchange[];
  readonly result?: unknown;
  readonly error?: {readonly code: string};
  readonly emulator?: false;
}

const REPOSITORY = resolve(__dirname, '..', '..', '..', '..');
const FOLDER = join(REPOSITORY, 'contract-tests/src/main/resources/dev/stowage/contract/vectors');

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
}

export const FILES: readonly {file: string; vectors: readonly Vector[]}[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json') && file !== 'clauses.json')
  .map((file) => ({file, vectors: (read(file) as {vectors: Vector[]}).vectors}));

export const NOT_VISIBLE = Object.keys((read('clauses.json') as {notVisible: object}).notVisible);

/** The ids of all clauses in CONTRACT.md. */
export const CLAUSES = [...readFileSync(join(REPOSITORY, 'CONTRACT.md'), 'utf8').matchAll(/^\| ([A-Z]+-\d+) \|/gm)].map(
  (match) => match[1] ?? '',
);

/** Converts the notation of the vectors to a value. */
export function valueOf(notation: unknown): unknown {
  if (typeof notation !== 'object' || notation === null) {
    return notation;
  }
  if (Array.isArray(notation)) {
    return notation.map(valueOf);
  }
  const entries = Object.entries(notation);
  const [name, content] = entries.length === 1 ? (entries[0] as [string, never]) : ['', undefined as never];
  switch (name) {
    case '@numberSet':
      return new NumberSet(content as number[]);
    case '@stringSet':
      return new StringSet(content as string[]);
    case '@number':
      return Number(content);
    case '@units':
      return String.fromCharCode(...(content as number[]));
    case '@nothing':
      return undefined;
    case '@hash':
      return hashOf(content as [string, unknown][]);
    default:
      return hashOf(entries);
  }
}

function hashOf(entries: [string, unknown][]): object {
  const hash = {};
  for (const [name, value] of entries) {
    Object.defineProperty(hash, name, {value: valueOf(value), enumerable: true, configurable: true, writable: true});
  }
  return hash;
}

/** Returns the text of a body. */
export function textOf(body: unknown): string {
  const raw = (body as {'@raw'?: string})['@raw'];
  return raw ?? JSON.stringify(body);
}

/** Whether a request is the expected one. */
export function isSameRequest(path: string, body: string, expected: Request): boolean {
  const isSets = /(add|remove|has)(Number|String)Multi$/.test(path);
  const comparable = (text: string): unknown => {
    const json = JSON.parse(text) as {values?: Record<string, unknown[]>};
    if (isSets && json.values !== undefined) {
      json.values = Object.fromEntries(
        Object.entries(json.values).map(([field, values]) => [field, [...new Set(values)].sort()]),
      );
    }
    return json;
  };
  return path === expected.path && isDeepStrictEqual(comparable(body), comparable(textOf(expected.body)));
}
