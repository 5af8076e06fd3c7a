/**
 * Why Discord refused the log-in for good, as a sentence for the operator, who alone can mend a token or an intent. Null for
 * every other failure.
 */
export function refusedLogin(error: unknown): string | null {
  const {
    code,
    status,
    message = '',
  } = (error ?? {}) as { code?: unknown; status?: unknown; message?: string };
  if (code === 'TokenInvalid' || status === 401 || /invalid token/i.test(message))
    return 'Discord does not accept DISCORD_TOKEN. Copy it anew from the Bot page of your application in the developer portal ("Reset Token").';
  if (/disallowed intents|invalid intents/i.test(message))
    return 'Discord refuses an intent. With DISCORD_SUPPORT_CHANNEL_ID, switch on Message Content Intent on the Bot page of your application in the developer portal; without it Flexcord needs none, so check that DISCORD_TOKEN belongs to the right application.';
  return null;
}
