import {storage, type ValueHash} from '@zaiusinc/app-sdk';

export interface Credentials extends ValueHash {
  client_id: string;
  client_secret: string;
}

/** The stored record: the token, and the time in milliseconds when the vendor issued it. */
export interface UToken extends ValueHash {
  token?: string;
  issued?: number;
}

const KEY = 'utoken';
const VALIDITY_MS = 7 * 24 * 60 * 60 * 1000;

/** Gets tokens from the vendor, and caches the last one in the secrets store until it expires. */
export class Vendor {
  readonly #tokenUrl: string;

  /** @param tokenUrl the vendor's token endpoint */
  constructor(tokenUrl: string) {
    this.#tokenUrl = tokenUrl;
  }

  /** Returns a token for the vendor's API: the stored one if it is valid, otherwise a new one. `force`: always a new one. */
  async authenticate(credentials: Credentials, force = false): Promise<string> {
    if (!force) {
      const stored = await storage.secrets.get<UToken>(KEY);
      if (stored.token !== undefined && !isExpired(stored)) {
        return stored.token;
      }
    }
    const token = await this.#requestToken(credentials);
    await storage.secrets.put<UToken>(KEY, {token, issued: Date.now()});
    return token;
  }

  async #requestToken(credentials: Credentials): Promise<string> {
    const response = await fetch(this.#tokenUrl, {
      method: 'POST',
      headers: {'Content-Type': 'application/json'},
      body: JSON.stringify({...credentials, grant_type: 'client_credentials'}),
    });
    const body = (await response.json()) as {access_token?: string; status?: {message?: string}};
    if (!response.ok || body.access_token === undefined) {
      throw new Error(`The vendor issued no token: ${body.status?.message ?? `status ${response.status}`}`);
    }
    return body.access_token;
  }
}

function isExpired(token: UToken): boolean {
  return token.issued === undefined || Date.now() - token.issued > VALIDITY_MS;
}
