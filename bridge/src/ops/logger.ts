import pino, { type Logger } from 'pino';

/** Structured logs on standard output. What a member or an agent wrote, and every secret, stays out of them. */
export function createLogger(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
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
  });
}
