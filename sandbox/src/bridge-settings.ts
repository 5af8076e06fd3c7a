import type { Discord } from './discord/index.ts';
import type { Twilio } from './twilio/index.ts';

/** The variables with which a bridge finds both stand-ins and is found at `publicUrl`. */
export function bridgeSettings(
  {
    discord,
    twilio,
  }: { discord: Pick<Discord, BridgeNeedsOfDiscord>; twilio: Pick<Twilio, BridgeNeedsOfTwilio> },
  publicUrl: string,
): Record<string, string> {
  return {
    DISCORD_TOKEN: discord.botToken,
    DISCORD_APPLICATION_ID: discord.applicationId,
    DISCORD_API_URL: discord.apiBase,
    DISCORD_CDN_HOSTS: new URL(discord.url).host,
    TWILIO_ACCOUNT_SID: twilio.accountSid,
    TWILIO_AUTH_TOKEN: twilio.authToken,
    TWILIO_WORKSPACE_SID: twilio.workspaceSid,
    TWILIO_WORKFLOW_SID: twilio.workflowSid,
    TWILIO_API_URL: twilio.url,
    PUBLIC_URL: publicUrl,
    HOST: '127.0.0.1',
    PORT: new URL(publicUrl).port,
  };
}

type BridgeNeedsOfDiscord = 'botToken' | 'applicationId' | 'apiBase' | 'url';
type BridgeNeedsOfTwilio = 'accountSid' | 'authToken' | 'workspaceSid' | 'workflowSid' | 'url';
