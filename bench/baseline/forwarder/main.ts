/**
 * The least that any relay can do, as a ceiling: one request for each message, no state, no SDK, no checks. A
 * conversation carries the member's Discord channel as its UniqueName, and its webhook's address names the same channel.
 */
const { env } = process;
const discordUrl = `${env.DISCORD_API_URL}/v10`;
const discordHeaders = { authorization: `Bot ${env.DISCORD_TOKEN}`, 'content-type': 'application/json' };
const conversationsUrl = `${env.TWILIO_API_URL}/conversations/v1/Conversations`;
const twilioHeaders = {
  authorization: `Basic ${btoa(`${env.TWILIO_ACCOUNT_SID}:${env.TWILIO_AUTH_TOKEN}`)}`,
  'content-type': 'application/x-www-form-urlencoded',
};
const DIRECT_MESSAGES = 1 << 12;

interface Packet {
  op: number;
  t: string | null;
  s: number | null;
  d: unknown;
}
interface NewMessage {
  channel_id: string;
  content: string;
  author: { id: string; bot?: boolean };
}

let ready = false;
let last: number | null = null;

async function post(url: string, headers: Record<string, string>, body: string): Promise<void> {
  try {
    const response = await fetch(url, { method: 'POST', headers, body });
    await response.arrayBuffer();
    if (!response.ok) console.error(`lost: ${url} answered ${response.status}`);
  } catch (error) {
    console.error('lost:', error);
  }
}

async function openGateway(): Promise<void> {
  const answer = await fetch(`${discordUrl}/gateway/bot`, { headers: discordHeaders });
  const { url } = (await answer.json()) as { url: string };
  const socket = new WebSocket(`${url}?v=10&encoding=json`);
  const send = (op: number, d: unknown) => socket.send(JSON.stringify({ op, d }));
  socket.onclose = () => process.exit(1);
  socket.onmessage = ({ data }) => {
    const { op, t, s, d } = JSON.parse(String(data)) as Packet;
    last = s ?? last;
    if (op === 10) {
      setInterval(() => send(1, last), (d as { heartbeat_interval: number }).heartbeat_interval);
      const properties = { os: 'linux', browser: 'forwarder', device: 'forwarder' };
      send(2, { token: env.DISCORD_TOKEN, intents: DIRECT_MESSAGES, properties });
    }
    if (t === 'READY') ready = true;
    if (t !== 'MESSAGE_CREATE') return;
    const { author, channel_id, content } = d as NewMessage;
    if (author.bot) return;
    const form = new URLSearchParams({ Author: `discord_${author.id}`, Body: content });
    void post(`${conversationsUrl}/${channel_id}/Messages`, twilioHeaders, form.toString());
  };
}

Bun.serve({
  hostname: '127.0.0.1',
  port: Number(env.PORT),
  async fetch(request) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === '/ready') return new Response(null, { status: ready ? 200 : 503 });
    const form = new URLSearchParams(await request.text());
    if (form.get('Source') === 'SDK') {
      const body = JSON.stringify({ content: form.get('Body') });
      void post(`${discordUrl}/channels/${searchParams.get('channel')}/messages`, discordHeaders, body);
    }
    return new Response();
  },
});
await openGateway();

export {};
