import type { TwilioOptions } from '../twilio/client.ts';
import type { Config } from './config.ts';

/** How the configuration says that Twilio is reached. */
export const twilioAccount = (config: Config): TwilioOptions => ({
  accountSid: config.TWILIO_ACCOUNT_SID,
  authToken: config.TWILIO_AUTH_TOKEN,
  apiKey: config.TWILIO_API_KEY
    ? { sid: config.TWILIO_API_KEY, secret: config.TWILIO_API_SECRET }
    : undefined,
  region: config.TWILIO_REGION,
  edge: config.TWILIO_EDGE,
  apiUrl: config.TWILIO_API_URL,
});

/** The auth tokens that webhooks may be signed with: the present one first, and while it is being changed the one before. */
export const twilioAuthTokens = ({
  TWILIO_AUTH_TOKEN,
  TWILIO_AUTH_TOKEN_PREVIOUS,
}: Pick<Config, 'TWILIO_AUTH_TOKEN' | 'TWILIO_AUTH_TOKEN_PREVIOUS'>): [string, ...string[]] => [
  TWILIO_AUTH_TOKEN,
  ...(TWILIO_AUTH_TOKEN_PREVIOUS ? [TWILIO_AUTH_TOKEN_PREVIOUS] : []),
];
