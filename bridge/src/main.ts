import { ConfigError, loadConfig } from './config/config.ts';
import { createLogger } from './ops/logger.ts';
import { StoreError } from './store/errors.ts';
import { AccountError } from './twilio/account-error.ts';

/** Exit codes: 0 stopped on request, 1 could not start or failed, 2 wrong configuration. */
async function main(): Promise<void> {
  const { config, warnings } = loadConfig(process.env);
  const logger = createLogger(config.LOG_LEVEL);
  for (const warning of warnings) logger.warn(warning);
  process.on('unhandledRejection', (err) => logger.error({ err }, 'unhandled rejection'));
  // discord.js may throw out of its WebSocket on Bun when the network goes away; going on is safe, because everything is in the journal.
  process.on('uncaughtException', (err) => logger.error({ err }, 'uncaught exception'));

  // Loaded after the configuration was checked, so that a fault is named at once.
  const { startBridge } = await import('./wiring/bridge.ts');
  const bridge = await startBridge(config, logger);
  logger.info({ port: bridge.port, routing: config.FLEX_ROUTING }, 'bridge ready');
  const stop = async (signal: string) => {
    logger.info({ signal }, 'stopping: what is in flight is finished first');
    await bridge.stop();
    process.exit(0);
  };
  process.once('SIGINT', () => void stop('SIGINT'));
  process.once('SIGTERM', () => void stop('SIGTERM'));
}

main().catch((error: unknown) => {
  console.error(explain(error));
  process.exit(error instanceof ConfigError ? 2 : 1);
});

/** One sentence for the operator; a stack trace only for an unexpected error. */
function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof StoreError || error instanceof AccountError)
    return error.message;
  const { code, message, status } = error as { code?: unknown; message?: string; status?: unknown };
  if (code === 'TokenInvalid' || status === 401 || /invalid token/i.test(message ?? '')) {
    return 'Discord does not accept DISCORD_TOKEN. Copy it anew from the Bot page of your application in the developer portal ("Reset Token").';
  }
  if (code === 'EADDRINUSE')
    return 'PORT is in use by another program. Stop that program or name another PORT.';
  if (/disallowed intents/i.test(message ?? '')) {
    return 'Discord refuses an intent. With DISCORD_SUPPORT_CHANNEL_ID, switch on Message Content Intent on the Bot page of your application in the developer portal; without it Flexcord needs none, so check that DISCORD_TOKEN belongs to the right application.';
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
