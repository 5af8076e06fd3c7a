import { afterEach, describe, expect, test } from 'bun:test';
import { createBook, type Direction, marksIn, pieceOf, wholeIn } from './book.ts';
import { publicPlace, startClouds } from './clouds.ts';
import { createReader, type Held } from './held.ts';
import { FAILURES, judge, ROWS, type Row } from './ledger.ts';
import { keptInOrder } from './order.ts';
import { createPeople, type Letter, type Pair } from './people.ts';
import { seeded } from './random.ts';
import { IDENTICAL } from './story.ts';
import { type Sabotage, startSaboteur } from './testing/saboteur.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Members and agents over a relay whose faults are known. */
async function openStage(members: number, fromTheStart: Sabotage = {}) {
  const random = seeded('ledger');
  const clouds = await startClouds(random);
  closing.push(() => clouds.stop());
  const relay = startSaboteur(clouds);
  closing.push(() => relay.stop());
  relay.sabotage(fromTheStart);
  const book = createBook();
  const people = createPeople(clouds, book, random);
  const pairs = Array.from({ length: members }, () => people.arrive());
  while (!pairs.every(({ chat }) => chat)) await Bun.sleep(5);
  await relay.settled();
  const read = createReader(clouds, IDENTICAL);
  return {
    pairs: pairs as [Pair, Pair, ...Pair[]],
    people,
    relay,
    /** What is not zero, as `row: fault`. */
    async count() {
      await relay.settled();
      expect(relay.unused()).toEqual([]);
      const { rows } = judge(book.all(), await read(), clouds.trace);
      return Object.fromEntries(
        ROWS.flatMap((row) =>
          FAILURES.flatMap((kind) => (rows[row][kind] > 0 ? [[`${row}: ${kind}`, rows[row][kind]]] : [])),
        ),
      );
    },
  };
}

type Stage = Awaited<ReturnType<typeof openStage>>;
const DIRECTIONS = ['to-agent', 'to-member'] as const;
const side = { 'to-agent': 'agents', 'to-member': 'members' } as const;
const plain: Letter = { words: ['river stone'] };

/** Everything that the ledger counts, of every pair and in both directions. */
async function everything({ people, pairs, relay }: Stage): Promise<void> {
  for (const pair of pairs) {
    for (const direction of DIRECTIONS) {
      people.write(pair, direction, plain);
      people.write(pair, direction, { words: ['with a file'], files: 1 });
      people.write(pair, direction, { files: 1 });
      people.write(pair, direction, { words: Array.from({ length: 8 }, () => 'word '.repeat(40)) });
      for (let n = 0; n < 12; n += 1) people.write(pair, direction, { same: 'ok' });
      people.write(pair, direction, plain);
      await relay.settled();
      people.change(pair, direction, 'edit', true);
      people.change(pair, direction, 'edit', true);
      people.write(pair, direction, plain);
      await relay.settled();
      people.change(pair, direction, 'remove', true);
      // Before the relay has heard of it.
      people.write(pair, direction, plain);
      people.change(pair, direction, 'edit', true);
    }
  }
}

test('a relay that is right gives nothing to count', async () => {
  const stage = await openStage(3);
  await everything(stage);
  expect(await stage.count()).toEqual({});
});

describe.each(DIRECTIONS)('%s', (direction) => {
  const row = (what: string) => `${what} to ${side[direction]}` as Row;

  const cases: [what: string, sabotage: Sabotage, letters: Letter[], counted: Record<string, number>][] = [
    ['lost messages', { lose: 2 }, [plain, plain, plain], { [`${row('messages')}: lost`]: 2 }],
    ['doubled messages', { double: 2 }, [plain, plain, plain], { [`${row('messages')}: twice`]: 2 }],
    [
      'messages that changed places',
      { swap: 1 },
      [plain, plain, plain],
      { [`${row('messages')}: disordered`]: 1 },
    ],
    [
      'messages that went to somebody else, and so not to their own',
      { misdeliver: 1 },
      [plain, plain],
      { [`${row('messages')}: misdelivered`]: 1, [`${row('messages')}: lost`]: 1 },
    ],
    ['messages that are cut off', { cut: 1 }, [plain, plain], { [`${row('messages')}: lost`]: 1 }],
    [
      'messages whose words are not those that were written',
      { alter: 1 },
      [{ words: ['river stone meadow'] }, plain],
      { [`${row('messages')}: lost`]: 1 },
    ],
    ['lost files', { loseFile: 1 }, [{ files: 1 }, plain, { files: 1 }], { [`${row('files')}: lost`]: 1 }],
    ['doubled files', { doubleFile: 1 }, [{ files: 1 }, plain], { [`${row('files')}: twice`]: 1 }],
    ['files that are not whole', { damageFile: 1 }, [{ files: 1 }, plain], { [`${row('files')}: lost`]: 1 }],
    [
      'some of several identical messages that are lost',
      { lose: 3 },
      Array.from({ length: 12 }, () => ({ same: 'ok' })),
      { [`${row('messages')}: lost`]: 3 },
    ],
    [
      'some of several identical messages that came twice',
      { double: 2 },
      Array.from({ length: 12 }, () => ({ same: 'ok' })),
      { [`${row('messages')}: twice`]: 2 },
    ],
    [
      'an identical message that stands in another place',
      { swap: 1 },
      [{ same: 'ok' }, plain, plain],
      { [`${row('messages')}: disordered`]: 1 },
    ],
  ];
  test.each(cases)('counts %s', async (_, sabotage, letters, counted) => {
    const { people, pairs, relay, count } = await openStage(2);
    people.write(pairs[0], direction, plain);
    await relay.settled();
    relay.sabotage(sabotage);
    for (const letter of letters) people.write(pairs[0], direction, letter);
    await relay.settled();
    people.write(pairs[0], direction, plain);
    expect(await count()).toEqual(counted);
  });

  test('counts one of two runs of identical messages that is short and another that is long', async () => {
    const { people, pairs, relay, count } = await openStage(1);
    for (const sabotage of [{ lose: 2 }, { double: 1 }] as Sabotage[]) {
      relay.sabotage(sabotage);
      for (let n = 0; n < 6; n += 1) people.write(pairs[0], direction, { same: 'ok' });
      await relay.settled();
      people.write(pairs[0], direction, plain);
      await relay.settled();
    }
    // One is missing for good, and one stands where the other was missing.
    expect(await count()).toEqual({ [`${row('messages')}: lost`]: 1, [`${row('messages')}: disordered`]: 1 });
  });

  const changes: [
    what: string,
    sabotage: Sabotage,
    does: 'edit' | 'remove',
    counted: Record<string, number>,
  ][] = [
    ['lost edits', { loseEdit: 1 }, 'edit', { [`${row('edits')}: lost`]: 1 }],
    ['edits that an older one overwrote', { staleEdit: 1 }, 'edit', { [`${row('edits')}: disordered`]: 1 }],
    ['lost deletions', { loseDeletion: 1 }, 'remove', { [`${row('deletions')}: lost`]: 1 }],
  ];
  test.each(changes)('counts %s', async (_, sabotage, does, counted) => {
    const { people, pairs, relay, count } = await openStage(1);
    people.write(pairs[0], direction, plain);
    people.write(pairs[0], direction, { words: ['and more'], files: 1 });
    await relay.settled();
    relay.sabotage(sabotage);
    people.change(pairs[0], direction, does, true);
    expect(await count()).toEqual(counted);
  });
});

describe.each(DIRECTIONS)('%s', (direction) => {
  const other = DIRECTIONS.find((one) => one !== direction) ?? direction;

  test.each([
    ['comes back to its author', { echo: 1 }, other],
    ['is posted where everybody can read it', { publish: 1 }, 'to-member'],
  ] as const)('counts a message that also %s', async (_, sabotage, where) => {
    const { people, pairs, relay, count } = await openStage(2);
    relay.sabotage(sabotage);
    people.write(pairs[0], direction, plain);
    expect(await count()).toEqual({ [`messages to ${side[where]}: misdelivered`]: 1 });
  });

  test('counts a message in somebody else’s name, as one that its author did not deliver', async () => {
    const { people, pairs, relay, count } = await openStage(2);
    relay.sabotage({ misattribute: 1 });
    people.write(pairs[0], direction, plain);
    const its = `messages to ${side[direction]}`;
    expect(await count()).toEqual({ [`${its}: misdelivered`]: 1, [`${its}: lost`]: 1 });
  });
});

test('counts an identical message in another member’s name', async () => {
  const { people, pairs, relay, count } = await openStage(2);
  relay.sabotage({ misattribute: 1 });
  people.write(pairs[0], 'to-agent', { same: 'ok' });
  expect(await count()).toEqual({ 'messages to agents: misdelivered': 1 });
});

test.each([
  ['that is closed though no agent ended it', { close: 1 }],
  ['whose task was taken from the agent', { cancelTask: 1 }],
])('counts a chat %s', async (_, sabotage) => {
  const { people, pairs, relay, count } = await openStage(1);
  relay.sabotage(sabotage);
  people.write(pairs[0], 'to-agent', plain);
  expect(await count()).toEqual({ 'first contacts: lost': 1 });
});

test('counts private words in a public thread, and public words in the name of somebody else', () => {
  const [ada, place] = ['100', publicPlace('900')];
  const book = createBook();
  const write = (token: string, direction: Direction, memberId: string, speakerId?: string) =>
    book.write({ token, direction, memberId, speakerId, isFirst: false, texts: 1, files: [] });
  const [secret, spoken] = ['a000n00001z', 'm009n00001z'];
  write(secret, 'to-member', ada);
  write(spoken, 'to-agent', place, ada);
  const held = (token: string, direction: Direction, memberId: string, more: Partial<Held>): Held => {
    const piece = pieceOf(token, 1, 'river stone');
    return {
      ...{ direction, memberId, where: 'here', marks: marksIn(piece), whole: wholeIn(piece), files: [] },
      ...{ isMarkedDeleted: false, isOpen: true },
      ...more,
    };
  };
  const openIn = (memberId: string) => ({ sid: memberId, memberId, isOpen: true, tasks: 1, openTasks: 1 });
  const conversations = [openIn(ada), openIn(place)];
  const seen = { highestVersion: () => 1, wasEnded: () => false };
  const count = (messages: Held[]) =>
    judge(book.all(), { messages, conversations, undeliveredNotices: 0 }, seen).failures.map(
      ({ row, kind }) => `${row}: ${kind}`,
    );
  const right = [
    held(secret, 'to-member', ada, {}),
    held(spoken, 'to-agent', place, { isPublic: true, author: ada }),
  ];
  expect(count(right)).toEqual([]);
  const leaked = held(secret, 'to-member', place, { isPublic: true });
  expect(count([...right, leaked])).toEqual(['messages to members: misdelivered']);
  const [mine] = right as [Held];
  const inOthersName = held(spoken, 'to-agent', place, { isPublic: true, author: '200' });
  expect(count([mine, inOthersName])).toEqual([
    'messages to agents: misdelivered',
    'messages to agents: lost',
  ]);
});

test('counts a deletion that nobody asked for', async () => {
  const { people, pairs, relay, count } = await openStage(1);
  relay.sabotage({ deleteUnasked: 1 });
  people.write(pairs[0], 'to-agent', plain);
  expect(await count()).toEqual({ 'deletions to agents: misdelivered': 1 });
});

test('counts an edit only where it can still be made: the conversation may be over', async () => {
  const { people, pairs, relay, count } = await openStage(1);
  people.write(pairs[0], 'to-agent', plain);
  await relay.settled();
  people.end(pairs[0]);
  relay.sabotage({ loseEdit: 1 });
  people.change(pairs[0], 'to-agent', 'edit', true);
  expect(await count()).toEqual({});
});

describe('first contacts', () => {
  const cases: [what: string, sabotage: Sabotage, counted: Record<string, number>][] = [
    ['first words that are lost', { loseFirstWords: 1 }, { 'first contacts: lost': 1 }],
    ['a second task for one conversation', { doubleTask: 1 }, { 'first contacts: twice': 1 }],
    ['a second conversation for one member', { doubleConversation: 1 }, { 'first contacts: twice': 1 }],
  ];
  test.each(cases)('counts %s', async (_, sabotage, counted) => {
    const { count } = await openStage(2, sabotage);
    expect(await count()).toEqual(counted);
  });
});

test('as few as possible count as out of order', () => {
  expect([...keptInOrder([0, 1, 5, 2, 3, 4])].sort()).toEqual([0, 1, 3, 4, 5]);
  expect([...keptInOrder([])]).toEqual([]);
});
