import {StorageError} from '../errors.js';

/** The address of a service, or an error that says what an address looks like. */
export function parseUrl(url: unknown): URL {
  const parsed = url instanceof URL || typeof url === 'string' ? tryParse(String(url)) : null;
  if (parsed === null || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) {
    throw new StorageError(
      'invalid_request',
      `The url must be an address such as 'http://127.0.0.1:4300'; it was ${
        typeof url === 'string' ? `'${url}'` : `a ${typeof url}`
      }.`,
    );
  }
  return parsed;
}

function tryParse(url: string): URL | null {
  try {
    return new URL(url);
  } catch {
    return null;
  }
}
