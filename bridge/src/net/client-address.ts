import ipaddr from 'ipaddr.js';

/** An address, or a range of them such as `10.0.0.0/8`. */
export type AddressRange = ReturnType<typeof ipaddr.parseCIDR>;

/** A range as it is written; undefined for what is none. */
export function addressRange(raw: string): AddressRange | undefined {
  if (ipaddr.isValidCIDR(raw)) return ipaddr.parseCIDR(raw);
  if (!ipaddr.isValid(raw)) return undefined;
  const address = ipaddr.process(raw);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/**
 * Who sent a request: the peer of its connection or, where that is a trusted proxy, the last address in `X-Forwarded-For`
 * that no trusted proxy has. What stands before that address is whatever its sender likes.
 * https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/X-Forwarded-For#selecting_an_ip_address
 */
export function clientAddress(
  peer: string,
  forwardedFor: string | null,
  trusted: readonly AddressRange[],
): string {
  const named = (forwardedFor ?? '').split(',').map((part) => part.trim());
  let client = peer;
  while (isWithin(client, trusted)) {
    const before = named.pop();
    if (before === undefined || !ipaddr.isValid(before)) break;
    client = before;
  }
  return partyOf(client);
}

function isWithin(address: string, ranges: readonly AddressRange[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return ranges.some(([range, bits]) => parsed.kind() === range.kind() && parsed.match(range, bits));
}

/** One customer of a provider has at least 2⁶⁴ addresses of IPv6 (https://www.rfc-editor.org/rfc/rfc6177). */
function partyOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return `${(parsed as ipaddr.IPv6).parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}
