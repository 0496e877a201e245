import type {Credentials, Vendor} from '../../src/vendor.js';

let token: string | undefined;

/** Clears the cache, as the start of a new process does. */
export function restart(): void {
  token = undefined;
}

/** The mistake: the token is cached in the module, so it outlives the install that it belongs to. */
export async function authenticateOnce(vendor: Vendor, credentials: Credentials): Promise<string> {
  token ??= await vendor.authenticate(credentials);
  return token;
}
