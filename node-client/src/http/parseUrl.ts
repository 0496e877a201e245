import {StorageError} from '../errors.js';

/** Parses the URL of a service. Throws `invalid_request`, with an example, if it is not an http or https URL. */
export function parseUrl(url: unknown): URL {
  const parsed = url instanceof URL || typeof url === 'string' ? tryParse(String(url)) : null;
  if (parsed === null || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) {
    throw new StorageError(
      'invalid_request',
      `The url must be an http or https URL such as 'http://127.0.0.1:4300', but it was ${
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
