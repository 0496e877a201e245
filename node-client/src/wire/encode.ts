import {types} from 'node:util';

import {StorageError} from '../errors.js';
import {NumberSet, type SetClasses, StringSet} from '../values.js';
import {isTag, LITERAL, NUMBER_SET, STRING_SET} from './tags.js';

export type Json = string | number | boolean | null | Json[] | {[name: string]: Json};

/** The deepest nesting. The record itself is the first level (VAL-9). */
const MAX_LEVELS = 32;

/**
 * Encodes a record into wire format (VAL-1). The result shares nothing with the argument, so that the caller may change the
 * argument at once (VAL-10). Refuses what JSON would silently lose or change.
 */
export function encodeRecord(record: unknown, classes: SetClasses, what: string): Json {
  const value = applyToJson(record);
  if (typeof value !== 'object' || value === null || Array.isArray(value) || setTag(value, classes) !== undefined) {
    throw refused(`${what} must be a hash (an object of fields and values), but it was ${nameOf(value)}. (VAL-1)`);
  }
  return encodeHash(value, classes, 1);
}

/** Encodes the value of a field. */
export function encodeValue(value: unknown, classes: SetClasses, level: number, isConverted = false): Json {
  switch (typeof value) {
    case 'string':
      return checkText(value, 'A string');
    case 'number':
      return checkFinite(value);
    case 'boolean':
      return value;
    case 'object':
      return value === null ? null : encodeObject(value, classes, level, isConverted);
    default:
      throw refused(
        `Cannot store ${nameOf(value)}. A value is a string, a number, a boolean, null, a hash, a list, a NumberSet or a` +
          ' StringSet. A field that is undefined is left out; a list must not have an undefined element. (VAL-2)',
      );
  }
}

function encodeObject(value: object, classes: SetClasses, level: number, isConverted: boolean): Json {
  // Once and not again on its result, as JSON.stringify does.
  const converted = isConverted ? value : applyToJson(value);
  if (converted !== value) {
    return encodeValue(converted, classes, level, true);
  }
  const tag = setTag(value, classes);
  if (tag !== undefined) {
    return {[tag]: encodeMembers(value as Set<unknown>, tag)};
  }
  if (Array.isArray(value)) {
    checkLevel(level);
    // Array.from and not map, which skips holes.
    return Array.from(value as unknown[], (element) => encodeValue(element, classes, level + 1));
  }
  return encodeHash(value, classes, level);
}

function encodeHash(hash: object, classes: SetClasses, level: number): Json {
  checkLevel(level);
  if (!isHash(hash)) {
    throw refused(`Cannot store ${nameOf(hash)}: convert it to a hash, a list, a string or a number first. (VAL-2)`);
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

/** Encodes the parameter of a Multi operation. Its member names are always field names, never tags. */
export function encodeByField<T>(values: unknown, what: string, encode: (value: T, field: string) => Json): Json {
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw new StorageError(
      'invalid_request',
      `${what} must be an object with a member for each field, but it was ${nameOf(values)}.`,
    );
  }
  const encoded: {[name: string]: Json} = {};
  for (const field of Object.keys(values)) {
    setOwn(encoded, checkField(field), inField(field, () => encode((values as Record<string, T>)[field] as T, field)));
  }
  return encoded;
}

/** Sets an own property. For a field called `__proto__` (VAL-9) an assignment would set the prototype instead. */
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
    const rule = tag === NUMBER_SET ? 'A NumberSet can hold only numbers' : 'A StringSet can hold only strings';
    throw refused(`${rule}, but one member was ${nameOf(member)}. (VAL-3)`);
  });
}

/**
 * Returns the tag for a set. Recognizes the app's classes, those of this package, and any class of that name, because an app
 * may have two copies of its SDK.
 */
function setTag(value: object, classes: SetClasses): string | undefined {
  // types.isSet and not instanceof, which does not recognize sets of another realm.
  if (!(types.isSet as (value: object) => boolean)(value)) {
    return undefined;
  }
  if (value instanceof classes.NumberSet || value instanceof NumberSet || isOfClass(value, 'NumberSet')) {
    return NUMBER_SET;
  }
  if (value instanceof classes.StringSet || value instanceof StringSet || isOfClass(value, 'StringSet')) {
    return STRING_SET;
  }
  throw refused('Cannot store a plain Set, because the type of its members is not known: use a NumberSet or a StringSet. (VAL-3)');
}

function isOfClass(value: object, name: string): boolean {
  for (let link: unknown = Object.getPrototypeOf(value); link; link = Object.getPrototypeOf(link)) {
    if ((link as {constructor?: {name?: unknown}}).constructor?.name === name) {
      return true;
    }
  }
  return false;
}

/** Applies `toJSON`, as JSON.stringify does: a Date becomes its text. */
function applyToJson(value: unknown): unknown {
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
    throw refused(`${what} contains half of a surrogate pair. Only well-formed Unicode can be stored. (VAL-5)`);
  }
  return text;
}

function checkFinite(number: number): number {
  if (!Number.isFinite(number)) {
    throw refused(`The number is ${number}. Only finite numbers can be stored. (VAL-6)`);
  }
  return number;
}

export function checkField(name: unknown): string {
  if (typeof name !== 'string' || name === '') {
    throw refused('The name of a field must be a non-empty string. (VAL-9)');
  }
  return checkText(name, 'The name of a field');
}

function checkLevel(level: number): void {
  if (level > MAX_LEVELS) {
    throw refused(
      `The value is nested deeper than ${MAX_LEVELS} levels, where the record itself is the first. Flatten it, or store` +
        ' the inner part under another key. (VAL-9)',
      {limit: MAX_LEVELS},
    );
  }
}

/** Adds the name of the outermost field to an error. */
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

/** Names the type of a value for a message. Never includes its content (ERR-2). */
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
