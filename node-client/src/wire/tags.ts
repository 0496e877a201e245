/** The member that says that an object on the wire is a set, or a user's own hash that only looks like one. */
export const NUMBER_SET = '$numberSet';
export const STRING_SET = '$stringSet';
export const LITERAL = '$literal';

export function isTag(name: string | undefined): boolean {
  return name === NUMBER_SET || name === STRING_SET || name === LITERAL;
}
