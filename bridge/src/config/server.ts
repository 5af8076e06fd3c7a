import { matching, oneOf, type Setting, url, urlOrLocal, whole } from './setting.ts';

/** Where the bridge listens, and where it keeps everything. */
export const server = {
  PUBLIC_URL: {
    about: 'Address under which Twilio reaches this bridge; webhook signatures are checked against it.',
    wants: 'an https address (http only for this machine)',
    example: 'https://flexcord.example.com',
    parse: urlOrLocal,
  } as Setting<string>,
  HOST: {
    about: 'Interface to listen on.',
    wants: 'an address of this machine',
    fallback: '0.0.0.0',
    parse: matching(/^[\w.:-]+$/),
  } as Setting<string>,
  PORT: {
    about: 'Port to listen on; 0 takes a free one.',
    wants: 'a whole number from 0 to 65535',
    fallback: 3000,
    parse: whole(0, 65535),
  } as Setting<number>,
  DATABASE_URL: {
    about:
      'PostgreSQL to keep everything in, which several bridges may share. Without it the store is embedded.',
    wants: 'postgres://user:password@host:port/database, or nothing',
    secret: true,
    fallback: '',
    parse: url('postgres:', 'postgresql:'),
  } as Setting<string>,
  DATA_DIR: {
    about: 'Folder of the embedded store.',
    wants: 'a folder that the bridge may write to',
    fallback: './data',
    parse: (raw) => raw,
  } as Setting<string>,
};

/** Several bridges that share a store. */
export const lease = {
  LEASE_MS: {
    about:
      'Where several bridges share a store: how long one may be silent before the others take its work over.',
    wants: 'a whole number of milliseconds from 1000 to 60000',
    fallback: 10_000,
    parse: whole(1000, 60_000),
  } as Setting<number>,
};

export const logging = {
  LOG_LEVEL: {
    about: 'How much is logged.',
    wants: 'debug, info, warn, error or silent',
    fallback: 'info',
    parse: oneOf('debug', 'info', 'warn', 'error', 'silent'),
  } as Setting<'debug' | 'info' | 'warn' | 'error' | 'silent'>,
};
