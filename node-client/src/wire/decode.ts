import type {SetClasses} from '../values.js';
import {LITERAL, NUMBER_SET, STRING_SET} from './tags.js';

/**
 * Decodes a value from wire format, in place: the parsed JSON must not be used elsewhere. An own `__proto__` member stays an
 * ordinary member, because assigning to an existing own property does not set the prototype.
 */
export function decodeValue(json: unknown, classes: SetClasses): unknown {
  if (typeof json !== 'object' || json === null) {
    return json;
  }
  if (Array.isArray(json)) {
    for (let i = 0; i < json.length; i++) {
      json[i] = decodeValue(json[i], classes);
    }
    return json;
  }
  const names = Object.keys(json);
  const members = json as Record<string, unknown>;
  const only = names.length === 1 ? names[0] : undefined;
  const content = only === undefined ? undefined : members[only];
  if (only === NUMBER_SET && Array.isArray(content)) {
    return new classes.NumberSet(content as number[]);
  }
  if (only === STRING_SET && Array.isArray(content)) {
    return new classes.StringSet(content as string[]);
  }
  if (only === LITERAL && isObject(content)) {
    return decodeMembers(content, classes);
  }
  return decodeMembers(members, classes);
}

/** Decodes the result of a Multi operation. Its member names are always field names, never tags. */
export function decodeByField(json: Record<string, unknown>, classes: SetClasses): Record<string, unknown> {
  return decodeMembers(json, classes);
}

function decodeMembers(members: Record<string, unknown>, classes: SetClasses): Record<string, unknown> {
  for (const name of Object.keys(members)) {
    const value = members[name];
    if (typeof value === 'object') {
      members[name] = decodeValue(value, classes);
    }
  }
  return members;
}

export function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
