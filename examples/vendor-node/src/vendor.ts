import {storage, type ValueHash} from '@zaiusinc/app-sdk';

export interface Credentials extends ValueHash {
  client_id: string;
  client_secret: string;
}

/** What the app keeps: the token, and when the vendor gave it. */
export interface UToken extends ValueHash {
  token?: string;
  issued?: number;
}

const KEY = 'utoken';
const GOOD_FOR_MS = 7 * 24 * 60 * 60 * 1000;

/** Gets the vendor's tokens, and keeps the last one in the secrets store for as long as it is good. */
export class Vendor {
  readonly #tokens: string;

  /** @param tokens where the vendor hands out tokens */
  constructor(tokens: string) {
    this.#tokens = tokens;
  }

  /** A token for the vendor's API: the stored one while it is good, else a new one. With `force` a new one in any case. */
  async authenticate(credentials: Credentials, force = false): Promise<string> {
    if (!force) {
      const stored = await storage.secrets.get<UToken>(KEY);
      if (stored.token !== undefined && !isExpiring(stored)) {
        return stored.token;
      }
    }
    const token = await this.#askVendor(credentials);
    await storage.secrets.put<UToken>(KEY, {token, issued: Date.now()});
    return token;
  }

  async #askVendor(credentials: Credentials): Promise<string> {
    const response = await fetch(this.#tokens, {
      method: 'POST',
      headers: {'Content-Type': 'application/json'},
      body: JSON.stringify({...credentials, grant_type: 'client_credentials'}),
    });
    const answer = (await response.json()) as {access_token?: string; status?: {message?: string}};
    if (!response.ok || answer.access_token === undefined) {
      throw new Error(`The vendor gave no token: ${answer.status?.message ?? `status ${response.status}`}`);
    }
    return answer.access_token;
  }
}

function isExpiring(token: UToken): boolean {
  return token.issued === undefined || Date.now() - token.issued > GOOD_FOR_MS;
}
