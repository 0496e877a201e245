/** The tags of the wire format: a member of this name marks a set, or a user's hash that looks like a tagged value. */
export const NUMBER_SET = '$numberSet';
export const STRING_SET = '$stringSet';
export const LITERAL = '$literal';

export function isTag(name: string | undefined): boolean {
  return name === NUMBER_SET || name === STRING_SET || name === LITERAL;
}
