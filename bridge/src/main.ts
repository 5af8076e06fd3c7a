import { OperatorError, readArguments, runCommand } from './config/command-line.ts';
import { loadConfig } from './config/config.ts';
import { isLostNetwork } from './discord/gateway/lost-network.ts';
import { createLogger, logDestination } from './ops/logger.ts';
import { createRecentTroubles } from './ops/recent-troubles.ts';
import { endOnUnforeseen } from './ops/unforeseen.ts';

const USAGE = `Usage:
  bun run start
      starts the bridge; Ctrl-C or SIGTERM finishes what is in flight and stops it

Every setting is a variable of the environment or of .env: see .env.example.
/health says that the process runs, /ready what it still lacks for its work.

Exit codes:
  0  stopped on request
  1  could not start, or had to end so that it is started anew: another server took over the database, a newer version did,
     or something failed that nothing handles; the log says what
  2  wrong options or a wrong configuration`;

/** Resolves when the bridge has stopped. */
async function main(): Promise<number> {
  const { values } = readArguments({ options: {} });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const { config, warnings } = loadConfig(process.env);
  const troubles = createRecentTroubles();
  const destination = await logDestination(config.LOG_FORMAT);
  const logger = createLogger({
    level: config.LOG_LEVEL,
    destination,
    troubles,
    // Whoever looks on reads sentences; machines, and whoever looks for a fault, get where it happened.
    stacks: !destination || config.LOG_LEVEL === 'debug',
  });
  for (const warning of warnings) logger.warn(warning);
  endOnUnforeseen(logger, isLostNetwork);

  // Loaded after the configuration was checked, so that a fault is named at once.
  const { startBridge } = await import('./wiring/bridge.ts');
  const stopRequested = Promise.withResolvers<NodeJS.Signals>();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, stopRequested.resolve);
  const starting = startBridge(config, logger, troubles);
  // While Discord cannot be reached a start takes as long as that does. What was heard meanwhile is in the journal.
  const bridge = await Promise.race([starting, stopRequested.promise]).catch((error) => {
    throw explained(error);
  });
  if (typeof bridge === 'string') return 0;
  logger.info({ port: bridge.port, routing: config.FLEX_ROUTING }, 'bridge ready');
  // Code that was compiled for the start alone, and what compiling it left, is a tenth of all memory.
  Bun.shrink();
  try {
    const signal = await Promise.race([stopRequested.promise, bridge.over]);
    logger.info({ signal }, 'stopping: what is in flight is finished first');
  } finally {
    await bridge.stop();
  }
  return 0;
}

/** A failure of the start in words, where it is one that operators meet. */
function explained(error: unknown): unknown {
  const { code } = (error ?? {}) as { code?: unknown };
  if (code === 'EADDRINUSE') {
    return new OperatorError(
      'PORT is in use by another program, perhaps by another bridge. Stop that program or name another PORT.',
    );
  }
  return error;
}

runCommand(USAGE, main);
