import type { Logger } from 'pino';

/**
 * Ends the process with code 1 at the first error that nobody caught, so that a supervisor starts it anew: what the error
 * left half done nobody knows, and a process that goes on may look well and relay nothing. What was heard is in the
 * journal. `survives`: errors that are known to leave nothing half done.
 */
export function endOnUnforeseen(
  logger: Pick<Logger, 'warn' | 'fatal'>,
  survives: (error: unknown) => boolean,
): void {
  function met(err: unknown): void {
    if (survives(err)) {
      logger.warn(
        { err },
        'the network to Discord was lost in a way that discord.js does not catch; it connects again',
      );
      return;
    }
    const cause = err instanceof Error ? `${err.name}: ${err.message}` : String(err);
    logger.fatal(
      { err },
      `nothing in the bridge handles what happened (${cause}); the process ends with code 1, so that it is started anew and goes on with what is in its journal`,
    );
    process.exit(1);
  }
  process.on('unhandledRejection', met);
  process.on('uncaughtException', met);
}
