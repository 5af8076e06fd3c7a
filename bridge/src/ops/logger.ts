import pino, { type DestinationStream, type Logger } from 'pino';
import { activeTraceId } from '../telemetry/tracing.ts';
import type { RecentTroubles } from './recent-troubles.ts';

export interface LoggerOptions {
  level: string;
  /** Where lines go. Default: standard output. */
  destination?: DestinationStream;
  /** Remembers warnings and errors. */
  troubles?: RecentTroubles;
  /** Whether errors are logged with their stack traces, or as a sentence. Default: with them. */
  stacks?: boolean;
}

/** Structured logs. What a member or an agent wrote, and every secret, stays out of them. */
export function createLogger({ level, destination, troubles, stacks = true }: LoggerOptions): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    // What is about an entry of the journal names its trace by itself; this is for all that happens within one.
    mixin: () => {
      const trace = activeTraceId();
      return trace ? { trace } : {};
    },
    hooks: {
      logMethod(args, method, number) {
        troubles?.note(number, args);
        method.apply(this, args);
      },
    },
    ...(stacks ? {} : { serializers: { err: sentenceOf } }),
    redact: {
      paths: [
        'token',
        'authorization',
        '*.token',
        '*.authorization',
        '*.headers.authorization',
        'err.requestBody',
        'err.config',
        'err.request',
        'err.rawError.errors',
      ],
      remove: true,
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** An error and what caused it, without where in the code. */
function sentenceOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, cause } = error;
  const said = name === 'Error' || !message ? message || name : `${name}: ${message}`;
  return cause instanceof Error && !said.includes(cause.message) ? `${said} (${sentenceOf(cause)})` : said;
}

/** `auto`: for people where they look on, for machines otherwise. */
export type LogFormat = 'auto' | 'pretty' | 'json';

/** Where lines in this format go; undefined: standard output, as JSON. */
export async function logDestination(format: LogFormat): Promise<DestinationStream | undefined> {
  const isPretty = format === 'pretty' || (format === 'auto' && process.stdout.isTTY === true);
  if (!isPretty) return undefined;
  const { default: pretty } = await import('pino-pretty');
  return pretty({
    colorize: process.stdout.isTTY === true && !process.env.NO_COLOR,
    translateTime: 'SYS:HH:MM:ss.l',
    // Nothing is lost that was printed right before the end.
    sync: true,
    singleLine: true,
  });
}
