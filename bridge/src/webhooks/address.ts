import { lookup } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';

const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Addresses joined by commas; undefined where one is no https address, or no http one of this machine. */
export function parseWebhookUrls(raw: string): string[] | undefined {
  const urls = raw.split(',').map((part) => part.trim());
  const good = urls.every((part) => {
    const url = URL.parse(part);
    return url && (url.protocol === 'https:' || (url.protocol === 'http:' && LOCAL.has(url.hostname)));
  });
  return good && new Set(urls).size === urls.length ? urls : undefined;
}

/**
 * Why nothing is sent to an address now; null where it may be. A name that leads into the own network, such as to a
 * cloud's metadata service, is refused unless the operator allows it; this machine itself is allowed, because only the
 * operator names it. The name is looked up again by the request that follows, so a name server that lies in between is
 * not guarded against: the addresses are the operator's own, not a member's.
 */
export async function validateTarget(url: string, allowPrivate: boolean): Promise<string | null> {
  const { hostname } = new URL(url);
  if (allowPrivate || LOCAL.has(hostname)) return null;
  const addresses = await lookup(hostname.replace(/^\[|\]$/g, ''), { all: true });
  const inside = addresses.some(({ address }) => ipaddr.process(address).range() !== 'unicast');
  return inside ? 'the address is in a private network; CASE_WEBHOOK_PRIVATE=allow would permit it' : null;
}
