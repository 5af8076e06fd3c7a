/**
 * What published bridges between Discord and Twilio Flex do for each message, rebuilt as a baseline: the member's
 * conversation is looked up once to see whether support is in progress and once more to send, then the message is
 * created; an agent's message goes from the webhook straight to the member's channel. No journal, no retries of its
 * own, no check of signatures. Kinder than what is published in one place: a failure is logged instead of ending the
 * process.
 */
import { ChannelType, Client, Events, GatewayIntentBits, Partials } from 'discord.js';
import express from 'express';
import { openConversation, type Settings, twilioFor } from './twilio.ts';

const { env } = process;
const settings: Settings = {
  accountSid: env.TWILIO_ACCOUNT_SID ?? '',
  authToken: env.TWILIO_AUTH_TOKEN ?? '',
  apiUrl: env.TWILIO_API_URL ?? '',
  workspaceSid: env.TWILIO_WORKSPACE_SID ?? '',
  workflowSid: env.TWILIO_WORKFLOW_SID ?? '',
  publicUrl: env.PUBLIC_URL ?? '',
};
const twilio = twilioFor(settings);
const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.DirectMessages],
  partials: [Partials.Channel, Partials.Message],
  rest: { api: env.DISCORD_API_URL, version: '10' },
});
const opening = new Map<string, Promise<string>>();

const identityOf = (memberId: string) => `discord_${memberId}`;

async function findConversation(memberId: string): Promise<string | undefined> {
  const found = await twilio.conversations.v1.participantConversations.list({
    identity: identityOf(memberId),
  });
  return found.find(({ conversationState }) => conversationState !== 'closed')?.conversationSid;
}

async function open(memberId: string, name: string): Promise<string> {
  const underWay =
    opening.get(memberId) ??
    openConversation(settings, {
      identity: identityOf(memberId),
      name,
      webhook: `new-message?user_id=${memberId}`,
    });
  opening.set(memberId, underWay);
  return underWay.finally(() => opening.delete(memberId));
}

async function sendToFlex(memberId: string, body: string): Promise<void> {
  const conversationSid = await findConversation(memberId);
  if (!conversationSid) return;
  await twilio.conversations.v1.conversations(conversationSid).messages.create({
    author: identityOf(memberId),
    body,
    xTwilioWebhookEnabled: 'true',
  });
}

async function sendToMember(memberId: string, body: string): Promise<void> {
  const user = await client.users.fetch(memberId);
  await user.send(body);
}

client.on(Events.MessageCreate, async (message) => {
  if (message.author.bot || message.channel.type !== ChannelType.DM) return;
  const { id, displayName } = message.author;
  try {
    if (!(await findConversation(id))) await open(id, displayName);
    await sendToFlex(id, message.content);
  } catch (error) {
    console.error('a member’s message is lost:', error instanceof Error ? error.message : error);
  }
});

const app = express();
app.use(express.urlencoded({ extended: true }));
app.get('/ready', (_request, response) => void response.sendStatus(client.isReady() ? 200 : 503));
app.post('/new-message', (request, response) => {
  const { Source, Body } = request.body as { Source?: string; Body?: string };
  if (Source === 'SDK') {
    sendToMember(String(request.query.user_id), Body ?? '').catch((error: Error) =>
      console.error('an agent’s message is lost:', error.message),
    );
  }
  response.sendStatus(200);
});
app.listen(Number(env.PORT), '127.0.0.1');
await client.login(env.DISCORD_TOKEN);
