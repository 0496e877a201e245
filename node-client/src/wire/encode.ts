import {types} from 'node:util';

import {StorageError} from '../errors.js';
import {NumberSet, type SetClasses, StringSet} from '../values.js';
import {isTag, LITERAL, NUMBER_SET, STRING_SET} from './tags.js';

export type Json = string | number | boolean | null | Json[] | {[name: string]: Json};

/** VAL-9: the record itself is the first level. */
const MAX_LEVELS = 32;

/**
 * A record as it travels (VAL-1). The copy shares nothing with what was passed, so that the caller may change that at
 * once (VAL-10), and refuses what JSON would lose or bend in silence.
 */
export function encodeRecord(record: unknown, classes: SetClasses, what: string): Json {
  const value = plain(record);
  if (typeof value !== 'object' || value === null || Array.isArray(value) || setTag(value, classes) !== undefined) {
    throw refused(`${what} must be a hash, an object of fields and values; it was ${nameOf(value)}. (VAL-1)`);
  }
  return encodeHash(value, classes, 1);
}

/** A value of a field. */
export function encodeValue(value: unknown, classes: SetClasses, level: number): Json {
  switch (typeof value) {
    case 'string':
      return checkText(value, 'A string');
    case 'number':
      return checkFinite(value);
    case 'boolean':
      return value;
    case 'object':
      return value === null ? null : encodeObject(value, classes, level);
    default:
      throw refused(
        `${nameOf(value)} can't be stored. A value is a string, a number, a boolean, null, a hash, a list, a NumberSet` +
          ' or a StringSet; a field that is undefined is left out, an element of a list can\'t be. (VAL-2)',
      );
  }
}

function encodeObject(value: object, classes: SetClasses, level: number): Json {
  const shown = plain(value);
  if (shown !== value) {
    return encodeValue(shown, classes, level);
  }
  const tag = setTag(value, classes);
  if (tag !== undefined) {
    return {[tag]: encodeMembers(value as Set<unknown>, tag)};
  }
  if (Array.isArray(value)) {
    checkLevel(level);
    // Not map, which would leave holes as they are.
    return Array.from(value as unknown[], (element) => encodeValue(element, classes, level + 1));
  }
  return encodeHash(value, classes, level);
}

function encodeHash(hash: object, classes: SetClasses, level: number): Json {
  checkLevel(level);
  if (!isHash(hash)) {
    throw refused(`${nameOf(hash)} can't be stored: convert it to a hash, a list, a string or a number first. (VAL-2)`);
  }
  const encoded: {[name: string]: Json} = {};
  let size = 0;
  for (const name of Object.keys(hash)) {
    const value = (hash as Record<string, unknown>)[name];
    if (value !== undefined) {
      setOwn(encoded, checkField(name), inField(name, () => encodeValue(value, classes, level + 1)));
      size++;
    }
  }
  const only = size === 1 ? Object.keys(encoded)[0] : undefined;
  return isTag(only) ? {[LITERAL]: encoded} : encoded;
}

/** Something for each field, as Multi operations send it: there, the names are field names and nothing else. */
export function encodeByField<T>(values: unknown, what: string, encode: (value: T, field: string) => Json): Json {
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw new StorageError(
      'invalid_request',
      `${what} must be an object with a member for each field; it was ${nameOf(values)}.`,
    );
  }
  const encoded: {[name: string]: Json} = {};
  for (const field of Object.keys(values)) {
    setOwn(encoded, checkField(field), inField(field, () => encode((values as Record<string, T>)[field] as T, field)));
  }
  return encoded;
}

/** A field called `__proto__` is a field like any other (VAL-9); an assignment would set the prototype instead. */
function setOwn(target: object, name: string, value: Json): void {
  if (name === '__proto__') {
    Object.defineProperty(target, name, {value, enumerable: true, configurable: true, writable: true});
  } else {
    (target as Record<string, Json>)[name] = value;
  }
}

function encodeMembers(set: Set<unknown>, tag: string): Json[] {
  return Array.from(set, (member) => {
    if (tag === NUMBER_SET && typeof member === 'number') {
      return checkFinite(member);
    }
    if (tag === STRING_SET && typeof member === 'string') {
      return checkText(member, 'A string');
    }
    const due = tag === NUMBER_SET ? 'A NumberSet holds numbers' : 'A StringSet holds strings';
    throw refused(`${due} alone; one member was ${nameOf(member)}. (VAL-3)`);
  });
}

/**
 * The kind of a set: by the app's class, by ours, or by a class of that name, for an app that has two copies of its SDK.
 */
function setTag(value: object, classes: SetClasses): string | undefined {
  // Not Set's instanceof, which is blind to the sets of another realm.
  if (!(types.isSet as (value: object) => boolean)(value)) {
    return undefined;
  }
  if (value instanceof classes.NumberSet || value instanceof NumberSet || isOfClass(value, 'NumberSet')) {
    return NUMBER_SET;
  }
  if (value instanceof classes.StringSet || value instanceof StringSet || isOfClass(value, 'StringSet')) {
    return STRING_SET;
  }
  throw refused('A plain Set can\'t be stored, because it does not say of what: use a NumberSet or a StringSet. (VAL-3)');
}

function isOfClass(value: object, name: string): boolean {
  for (let link: unknown = Object.getPrototypeOf(value); link; link = Object.getPrototypeOf(link)) {
    if ((link as {constructor?: {name?: unknown}}).constructor?.name === name) {
      return true;
    }
  }
  return false;
}

/** What JSON would make of it: a Date is its text. */
function plain(value: unknown): unknown {
  const toJson = typeof value === 'object' && value !== null ? (value as {toJSON?: unknown}).toJSON : undefined;
  return typeof toJson === 'function' ? (toJson as () => unknown).call(value) : value;
}

function isHash(value: object): boolean {
  return !(
    types.isMap(value) ||
    types.isWeakMap(value) ||
    types.isWeakSet(value) ||
    types.isRegExp(value) ||
    types.isPromise(value) ||
    types.isNativeError(value) ||
    types.isAnyArrayBuffer(value) ||
    types.isArrayBufferView(value) ||
    types.isBoxedPrimitive(value)
  );
}

export function checkText(text: string, what: string): string {
  if (!text.isWellFormed()) {
    throw refused(`${what} holds half of a surrogate pair; only whole Unicode characters can be stored. (VAL-5)`);
  }
  return text;
}

function checkFinite(number: number): number {
  if (!Number.isFinite(number)) {
    throw refused(`The number is ${number}; only finite numbers can be stored. (VAL-6)`);
  }
  return number;
}

export function checkField(name: unknown): string {
  if (typeof name !== 'string' || name === '') {
    throw refused('A field\'s name is missing or empty; it must be a non-empty string. (VAL-9)');
  }
  return checkText(name, 'A field\'s name');
}

function checkLevel(level: number): void {
  if (level > MAX_LEVELS) {
    throw refused(
      `The value nests deeper than ${MAX_LEVELS} levels, the record itself being the first. Flatten it, or store the` +
        ' inner part under a key of its own. (VAL-9)',
      {limit: MAX_LEVELS},
    );
  }
}

/** The outermost field is the one that helps to find the place. */
function inField(field: string, encode: () => Json): Json {
  try {
    return encode();
  } catch (problem) {
    if (problem instanceof StorageError) {
      throw new StorageError(problem.code, problem.message, {...detailsOf(problem), field}, problem.cause);
    }
    throw problem;
  }
}

function detailsOf(problem: StorageError): {limit?: number} {
  return problem.limit === undefined ? {} : {limit: problem.limit};
}

/** What it is, for a message; never its content (ERR-2). */
export function nameOf(value: unknown): string {
  if (value === null || value === undefined) {
    return String(value);
  }
  if (Array.isArray(value)) {
    return 'a list';
  }
  if (typeof value !== 'object') {
    return `a ${typeof value}`;
  }
  const name = (value as {constructor?: {name?: unknown}}).constructor?.name;
  return typeof name === 'string' && name !== '' && name !== 'Object' ? `a ${name}` : 'a hash';
}

function refused(message: string, details: {limit?: number} = {}): StorageError {
  return new StorageError('invalid_value', message, details);
}
