import { expect, test } from 'bun:test';
import { type AddressRange, addressRange, clientAddress } from './client-address.ts';

const trusted = ['10.0.0.0/8', '192.0.2.7', 'fd00::/8'].map((raw) => addressRange(raw) as AddressRange);

const rows: [name: string, peer: string, forwardedFor: string | null, client: string][] = [
  ['a peer that is no proxy', '203.0.113.9', '1.1.1.1', '203.0.113.9'],
  ['a client behind a proxy', '10.1.2.3', '203.0.113.9', '203.0.113.9'],
  ['a client behind two proxies', '10.1.2.3', '203.0.113.9, 192.0.2.7', '203.0.113.9'],
  ['what the client itself wrote', '10.1.2.3', '1.1.1.1, 203.0.113.9', '203.0.113.9'],
  ['a proxy that says nothing', '10.1.2.3', null, '10.1.2.3'],
  ['nonsense', '10.1.2.3', 'unknown', '10.1.2.3'],
  ['IPv4 in IPv6', '::ffff:10.1.2.3', '203.0.113.9', '203.0.113.9'],
  ['one network of IPv6', 'fd00::1', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['no peer', '', null, ''],
];
test.each(rows)('%s', (_, peer, forwardedFor, client) => {
  expect(clientAddress(peer, forwardedFor, trusted)).toBe(client);
});

test('what is no address and no range is refused', () => {
  expect(['', 'proxy', '10.0.0.0/99', '::zz'].map(addressRange)).toEqual(Array(4).fill(undefined));
});
