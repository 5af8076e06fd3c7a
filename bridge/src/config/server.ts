import { type AddressRange, addressRange } from '../net/client-address.ts';
import { listOf, matching, milliseconds, oneOf, setting, url, urlOrLocal, whole } from './setting.ts';

/** Where the bridge listens, and where it keeps everything. */
export const server = {
  PUBLIC_URL: setting<string>({
    about: 'Address under which Twilio reaches this bridge; webhook signatures are checked against it.',
    wants: 'an https address (http only for this machine)',
    example: 'https://flexcord.example.com',
    parse: urlOrLocal,
  }),
  HOST: setting<string>({
    about: 'Interface to listen on.',
    wants: 'an address of this machine',
    fallback: '0.0.0.0',
    parse: matching(/^[\w.:-]+$/),
  }),
  PORT: setting<number>({
    about: 'Port to listen on; 0 takes a free one.',
    ...whole(0, 65535),
    fallback: '3000',
  }),
  TRUSTED_PROXIES: setting<AddressRange[]>({
    about:
      'Proxies in front of the bridge, whose X-Forwarded-For is believed. Limits by address count their clients instead of them.',
    wants: 'IP addresses and ranges such as 10.0.0.0/8 joined by commas, or nothing',
    absent: [],
    parse: listOf(addressRange),
  }),
  DATABASE_URL: setting<string>({
    about:
      'PostgreSQL to keep everything in, which several bridges may share. Without it the store is embedded.',
    wants: 'postgres://user:password@host:port/database, or nothing',
    secret: true,
    absent: '',
    parse: url('postgres:', 'postgresql:'),
  }),
  DATA_DIR: setting<string>({
    about: 'Folder of the embedded store.',
    wants: 'a folder that the bridge may write to',
    fallback: './data',
    parse: (raw) => raw,
  }),
};

/** Several bridges that share a store. */
export const lease = {
  LEASE_MS: setting<number>({
    about:
      'Where several bridges share a store: how long one may be silent before the others take its work over.',
    ...milliseconds(1000, 60_000),
    fallback: '10000',
  }),
};

export const logging = {
  LOG_LEVEL: setting<'debug' | 'info' | 'warn' | 'error' | 'silent'>({
    about: 'How much is logged.',
    ...oneOf('debug', 'info', 'warn', 'error', 'silent'),
    fallback: 'info',
  }),
};
