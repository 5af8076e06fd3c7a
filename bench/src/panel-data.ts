import type { Article } from '@flexcord/bridge/knowledge/article';
import { createKnowledge, type Knowledge } from '@flexcord/bridge/knowledge/knowledge';
import type { Store } from '@flexcord/bridge/store/open';

/** How much is stored while the panel API is measured. */
export const size = {
  members: 10_000,
  conversations: 20_000,
  cases: 50_000,
  events: 150_000,
  articles: 2000,
};

/** Invented words; how often each is used falls with its rank, as in every language. */
const VOCABULARY = Array.from({ length: 4000 }, (_, n) => {
  let left = n * 7919 + 101;
  let word = '';
  for (; left > 0; left = Math.floor(left / 60)) word += `${'bdfgklmnprst'[left % 12]}${'aeiou'[left % 5]}`;
  return word;
});

const COMMONEST = 30;

/** The same number gives the same words. */
function sentence(n: number, length = 6): string {
  let state = (n * 2_654_435_761 + 12_345) >>> 0;
  const chosen: string[] = [];
  while (chosen.length < length) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    // The most frequent ranks are left out: they are the words that search drops, such as "the".
    const rank = Math.floor(COMMONEST * (VOCABULARY.length / COMMONEST) ** (state / 2 ** 32));
    chosen.push(VOCABULARY[rank] ?? '');
  }
  return chosen.join(' ');
}

const STATUSES = ['open', 'elevated', 'waiting', 'resolved', 'closed', 'closed', 'closed', 'closed'] as const;

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;
export const memberIdOf = (n: number) => String(1_100_000_000_000_000_000n + BigInt(n) * 4_194_304_000n);
export const conversationSidOf = (n: number) => `CH${n.toString(16).padStart(32, '0')}`;

async function inBatches<Row>(
  count: number,
  make: (n: number) => Row,
  keep: (rows: Row[]) => Promise<unknown>,
) {
  for (let from = 0; from < count; from += 500) {
    await keep(Array.from({ length: Math.min(500, count - from) }, (_, n) => make(from + n)));
  }
}

/** Fills an empty store. */
export async function fill(store: Store): Promise<void> {
  const now = Date.now();
  await store.transact(async (tx) => {
    await inBatches(
      size.members,
      (n) => ({
        id: memberIdOf(n),
        name: `Member ${n}`,
        locale: 'en-GB',
        dm_channel_id: null,
        discord_cursor: null,
        created_at: now,
        seen_at: now,
      }),
      (rows) => tx.insertInto('members').values(rows).execute(),
    );
    await inBatches(
      size.conversations,
      (n) => ({
        id: Bun.randomUUIDv7(),
        member_id: memberIdOf(n % size.members),
        phase: 'closed' as const,
        twilio_sid: conversationSidOf(n),
        latest_text: sentence(n),
        opened_at: now - n * 1000,
        changed_at: now,
        closed_at: now,
      }),
      (rows) => tx.insertInto('conversations').values(rows).execute(),
    );
    await inBatches(
      size.cases,
      (n) => ({
        member_id: memberIdOf(n % size.members),
        title: sentence(n),
        status: pick(STATUSES, n),
        created_at: now,
        changed_at: now,
      }),
      (rows) => tx.insertInto('cases').values(rows).execute(),
    );
    await inBatches(
      size.events,
      (n) => ({
        case_number: (n % size.cases) + 1,
        kind: 'note' as const,
        text: sentence(n),
        actor_identity: 'kim',
        actor_name: 'Kim',
        at: now,
      }),
      (rows) => tx.insertInto('case_events').values(rows).execute(),
    );
    await inBatches(
      size.members,
      (n) => ({
        member_id: memberIdOf(n),
        text: sentence(n),
        author_identity: 'kim',
        author_name: 'Kim',
        created_at: now,
      }),
      (rows) => tx.insertInto('member_notes').values(rows).execute(),
    );
  });
}

/** Articles that differ in a word or two, as those of a real help centre do. */
export function fullKnowledge(): Knowledge {
  const knowledge = createKnowledge();
  knowledge.put(
    Array.from(
      { length: size.articles },
      (_, n): Article => ({
        id: `en-${n}`,
        title: `${sentence(n)} (${n})`,
        questions: [sentence(n * 7), sentence(n * 11), sentence(n * 13)],
        text: Array.from({ length: 15 }, (_, line) => `${sentence(n * 31 + line, 10)}.`).join(' '),
        language: 'en',
      }),
    ),
  );
  return knowledge;
}

export const aSentence = sentence;
