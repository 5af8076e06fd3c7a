import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import { REST } from 'discord.js';
import { createDirectory } from './directory.ts';

const GUILD = '200000000000000001';
const ADA = '300000000000000001';
const BOB = '300000000000000002';
const NOBODY = '300000000000000003';
const user = (id: string, name: string) => ({
  id,
  username: name,
  global_name: null,
  avatar: null,
  discriminator: '0',
});
const role = (id: string, name: string, position: number, color: number) => ({ id, name, position, color });

/** Discord's answers about two people, one of whom is in the server, in the shapes of its API reference. */
const pages: Record<string, unknown> = {
  [`/api/v10/guilds/${GUILD}/members/${ADA}`]: {
    user: user(ADA, 'ada'),
    nick: 'Ada of the Isles',
    avatar: 'a1b2',
    roles: ['400000000000000001', '400000000000000002'],
    joined_at: '2024-05-01T10:00:00.000000+00:00',
    premium_since: '2025-01-01T00:00:00.000000+00:00',
  },
  [`/api/v10/guilds/${GUILD}/roles`]: [
    role(GUILD, '@everyone', 0, 0),
    role('400000000000000001', 'Sailor', 1, 0),
    role('400000000000000002', 'Captain', 2, 0x0abcde),
    role('400000000000000003', 'Cook', 3, 0xffffff),
  ],
  [`/api/v10/users/${BOB}`]: user(BOB, 'bob'),
};

let server: ReturnType<typeof Bun.serve>;
let asked: string[] = [];
beforeAll(() => {
  server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch(request) {
      const { pathname } = new URL(request.url);
      asked.push(pathname);
      const page = pages[pathname];
      return page ? Response.json(page) : Response.json({ code: 10013, message: 'Unknown' }, { status: 404 });
    },
  });
});
afterAll(() => server.stop(true));
beforeEach(() => {
  asked = [];
});

const directory = () =>
  createDirectory({
    rest: new REST({ api: `http://127.0.0.1:${server.port}/api`, version: '10', retries: 0 }).setToken(
      'a.b.c',
    ),
    guildIds: async () => [GUILD],
  });

test('returns roles in their order with colours, and the start of boosting, for a member of the server', async () => {
  expect(await directory()(ADA)).toEqual({
    username: 'ada',
    displayName: 'Ada of the Isles',
    avatarUrl: `https://cdn.discordapp.com/guilds/${GUILD}/users/${ADA}/avatars/a1b2.png`,
    joinedAt: Date.parse('2024-05-01T10:00:00Z'),
    boostingSince: Date.parse('2025-01-01T00:00:00Z'),
    roles: [
      { id: '400000000000000002', name: 'Captain', color: '#0abcde' },
      { id: '400000000000000001', name: 'Sailor', color: null },
    ],
  });
});

test('returns the account alone for somebody outside the server, and null for an unknown id', async () => {
  const lookup = directory();
  expect(await lookup(BOB)).toMatchObject({ username: 'bob', joinedAt: null, avatarUrl: null, roles: [] });
  expect(await lookup(NOBODY)).toBeNull();
});

test('asks Discord once for the same member, also while the answer is pending', async () => {
  const lookup = directory();
  await Promise.all([lookup(ADA), lookup(ADA), lookup(ADA)]);
  await lookup(ADA);
  expect(asked).toHaveLength(2);
});
