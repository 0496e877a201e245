import {storage} from '@zaiusinc/app-sdk';

/** Asks the vendor whether it accepts a token. */
export type Accepts = (token: string) => boolean;

/** The correct version: only a token that was checked is stored. */
export async function connectCheckedFirst(token: string, accepts: Accepts): Promise<boolean> {
  if (!accepts(token)) {
    return false;
  }
  await storage.secrets.put('token', {token});
  return true;
}

/** The mistake: the token is stored first and deleted if it is wrong, unless a fault prevents that. */
export async function connectStoredFirst(token: string, accepts: Accepts): Promise<boolean> {
  await storage.secrets.put('token', {token});
  if (!accepts(token)) {
    await storage.secrets.delete('token');
    return false;
  }
  return true;
}
