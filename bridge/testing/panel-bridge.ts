import { expect } from 'bun:test';
import type { Static, TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { loadConfig } from '../src/config/config.ts';
import { createLogger } from '../src/ops/logger.ts';
import { createRecentTroubles } from '../src/ops/recent-troubles.ts';
import { startBridge } from '../src/wiring/bridge.ts';
import { bridgeSettings, Faults, freePort, startDiscord, startTwilio } from './sandbox.ts';
import type { TestPlace } from './stores.ts';

const WAIT_TIMEOUT_MS = 90_000;

/** A whole bridge in this process between both stand-ins, an agent's way into its panel API, and its end. */
export async function startPanelBridge(place: Pick<TestPlace, 'options'>, env: Record<string, string> = {}) {
  const faults = new Faults();
  const discord = await startDiscord({ faults, limits: { rateWindowFactor: 0 } });
  const twilio = await startTwilio({ faults });
  const url = `http://127.0.0.1:${await freePort()}`;
  const settings: Record<string, string | undefined> = {
    ...bridgeSettings({ discord, twilio }, url),
    FLEX_ROUTING: 'bridge',
    DATA_DIR: place.options.dataDir,
    DATABASE_URL: place.options.databaseUrl,
    KNOWLEDGE_SAMPLE: 'false',
    LOG_LEVEL: 'silent',
    ...env,
  };
  const { config } = loadConfig(settings);
  const troubles = createRecentTroubles();
  const lines: Record<string, unknown>[] = [];
  const logger = createLogger({
    level: config.LOG_LEVEL,
    destination: { write: (line) => void lines.push(JSON.parse(line)) },
    troubles,
  });
  const bridge = await startBridge(config, logger, troubles);

  /** One request of the API. `token` null sends none. */
  async function call<T = Record<string, unknown>>(
    path: string,
    { token, body, method, headers }: CallOptions = {},
  ): Promise<{ status: number; body: T; headers: Headers }> {
    const response = await fetch(url + path, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      body: (isJson ? JSON.parse(text) : text) as T,
      headers: response.headers,
    };
  }

  return {
    url,
    /** What the bridge was started with, for the commands of an operator. */
    settings,
    discord,
    twilio,
    faults,
    call,
    /** What was logged. */
    lines,
    async stop() {
      await bridge.stop();
      await discord.stop();
      await twilio.stop();
    },
  };
}

export interface CallOptions {
  token?: string | null;
  /** Sent as JSON; text is sent as it is. */
  body?: unknown;
  method?: string;
  headers?: Record<string, string>;
}

/** The same, with Ada of a server in a chat with Kim, who has a good token. */
export async function startChat(place: TestPlace, env: Record<string, string> = {}) {
  const panel = await startPanelBridge(place, env);
  const agent = panel.twilio.createAgent({ identity: 'kim', fullName: 'Kim' });
  const token = panel.twilio.issueToken(agent);
  const guild = panel.discord.createGuild({ name: 'Lantern Isles' });
  const ada = panel.discord.createUser({ username: 'ada', globalName: 'Ada' });
  guild.join(ada, { nick: 'Ada of the Isles' });
  await ada.dm('I forgot my password and want to talk to a person');
  const offered = await agent.waitForReservation();
  await agent.accept(offered);
  const conversationSid = String(offered.task.attributes.conversationSid);
  agent.send(conversationSid, 'Let me look.');
  await eventually(
    () => ada.inbox(),
    (inbox) => inbox.some(({ content }) => content.includes('Let me look.')),
  );
  return {
    ...panel,
    agent,
    token,
    guild,
    ada,
    conversationSid,
    get: <T = Record<string, unknown>>(path: string, more: CallOptions = {}) =>
      panel.call<T>(path, { token, ...more }),
    post: <T = Record<string, unknown>>(path: string, body: unknown) => panel.call<T>(path, { token, body }),
  };
}

export type Chat = Awaited<ReturnType<typeof startChat>>;

/** Asks until the answer fits; fails after WAIT_TIMEOUT_MS. */
export async function eventually<T>(ask: () => T | Promise<T>, fits: (answer: T) => boolean): Promise<T> {
  const deadline = Date.now() + WAIT_TIMEOUT_MS;
  for (;;) {
    const answer = await ask();
    if (fits(answer)) return answer;
    if (Date.now() > deadline)
      throw new Error(`it did not happen; the last answer was ${JSON.stringify(answer)}`);
    await Bun.sleep(10);
  }
}

/** The answer as the contract has it; the test fails where it does not. */
export function as<S extends TSchema>(schema: S, value: unknown): Static<S> {
  expect([...Value.Errors(schema, value)].map(({ path, message }) => `${path} ${message}`)).toEqual([]);
  return value as Static<S>;
}
