import { type AddressRange, addressRange } from '../net/client-address.ts';
import {
  headerList,
  listOf,
  matching,
  milliseconds,
  oneOf,
  setting,
  share,
  url,
  urlOrLocal,
  whole,
} from './setting.ts';

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
      'Proxies in front of the bridge, which are believed whose request they pass on. Limits by address count their clients instead of them.',
    wants: 'IP addresses and ranges such as 10.0.0.0/8 joined by commas, or nothing',
    absent: [],
    parse: listOf(addressRange),
  }),
  CLIENT_ADDRESS_HEADER: setting<string>({
    about:
      'Header in which those proxies name the client: one address, or several of which each proxy adds one at the end. Fly-Client-IP on Fly.io, whose X-Forwarded-For ends with an address of its own.',
    wants: 'the name of a header',
    fallback: 'X-Forwarded-For',
    parse: matching(/^[A-Za-z][\w-]{0,63}$/),
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
    fallback: '3000',
  }),
};

/** What monitoring systems are told. */
export const monitoring = {
  METRICS_TOKEN: setting<string>({
    about:
      'Opens /metrics for Prometheus, to whoever sends this as a bearer token. Without it there is no such address.',
    wants: '16 to 128 characters without spaces, or nothing',
    secret: true,
    absent: '',
    parse: matching(/^\S{16,128}$/),
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: setting<string>({
    about:
      'Receiver of traces by OTLP over HTTP, such as http://collector:4318; /v1/traces is added. Without it nothing is traced.',
    wants: 'an http or https address, or nothing',
    absent: '',
    parse: url('http:', 'https:'),
  }),
  OTEL_EXPORTER_OTLP_HEADERS: setting<Record<string, string>>({
    about: 'Headers for that receiver, such as its key.',
    wants: 'name=value pairs joined by commas, or nothing',
    secret: true,
    absent: {},
    parse: headerList,
  }),
  OTEL_SERVICE_NAME: setting<string>({
    about: 'What the bridge is called in traces.',
    wants: '1 to 64 characters without spaces',
    fallback: 'flexcord',
    parse: matching(/^\S{1,64}$/),
  }),
  OTEL_TRACES_SAMPLER_ARG: setting<number>({
    about: 'Share of the traces that are recorded.',
    wants: 'a number from 0 to 1',
    fallback: '1',
    parse: share,
  }),
};

export const logging = {
  LOG_FORMAT: setting<'auto' | 'pretty' | 'json'>({
    about: 'pretty: lines for people. json: an object a line. auto: pretty on a terminal, else json.',
    ...oneOf('auto', 'pretty', 'json'),
    fallback: 'auto',
  }),
  LOG_LEVEL: setting<'debug' | 'info' | 'warn' | 'error' | 'silent'>({
    about: 'How much is logged.',
    ...oneOf('debug', 'info', 'warn', 'error', 'silent'),
    fallback: 'info',
  }),
};
