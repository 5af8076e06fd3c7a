import { lookup as resolve } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';

/** How this machine is spelled in an address (URL.hostname). */
const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

export const isLoopbackHost = (hostname: string): boolean => LOOPBACK_HOSTS.has(hostname);

/** Whether an IP address is one of the public internet, also where it is written as IPv6. False for any other text. */
export const isPublicAddress = (address: string): boolean =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';

const isLoopbackAddress = (address: string): boolean => ipaddr.process(address).range() === 'loopback';

/** Resolves a name into its IP addresses, in the order in which they are to be tried. Rejects for an unknown name. */
export type Lookup = (hostname: string) => Promise<string[]>;

/** IPv4 first: a machine without IPv6 often has names with it, and would wait for each in vain. */
const systemLookup: Lookup = async (hostname) =>
  (await resolve(hostname, { all: true, order: 'ipv4first' })).map(({ address }) => address);

/** What may be reached beside the public internet. */
export interface Reach {
  /** Private networks and this machine. Default false. */
  allowPrivate?: boolean;
  /** This machine, where the address names it (`localhost`, `127.0.0.1`, `[::1]`). Default false. */
  allowLoopback?: boolean;
}

/** Nothing was sent, because of where the address leads. The message is a sentence for operators, without a full stop. */
export class ForbiddenAddress extends Error {
  override name = 'ForbiddenAddress';
}

/**
 * The IP addresses that may be connected to for a URL. What it returns must be what is connected to: a name that is
 * looked up a second time may stand for another address by then.
 * @throws ForbiddenAddress where none of them may be reached; the error of the lookup where there is none
 */
export async function permittedAddresses(
  url: URL,
  { allowPrivate = false, allowLoopback = false }: Reach,
  lookup: Lookup = systemLookup,
): Promise<string[]> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = ipaddr.isValid(host) ? [host] : await lookup(host);
  const loopback = allowLoopback && isLoopbackHost(url.hostname);
  const permitted = addresses.filter(
    (address) => allowPrivate || isPublicAddress(address) || (loopback && isLoopbackAddress(address)),
  );
  if (permitted.length > 0) return permitted;
  throw new ForbiddenAddress(`${url.hostname} is an address of this machine or of a private network`);
}
