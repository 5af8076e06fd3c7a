import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import type { CaseStatus } from '@flexcord/shared/panel/case';
import { isUnfinished } from '@flexcord/shared/panel/case-status';
import fc from 'fast-check';
import { storeKinds, type TestPlace } from '../../testing/stores.ts';
import type { Store, Tx } from '../store/open.ts';
import type { CaseChange } from './case-change.ts';
import { type Cases, createCases } from './cases.ts';
import { listCases } from './list.ts';
import { mayMove, transitions } from './transitions.ts';

/** What a case must be like after what was done; kept without a store. */
interface Expected {
  owner: string;
  status: CaseStatus;
  before: CaseStatus | null;
  into: number | null;
  version: number;
  gone: boolean;
  votes: Map<string, number | null>;
  followers: Map<string, number | null>;
}

interface Model {
  cases: Map<number, Expected>;
}

interface Real {
  store: Store;
  cases: Cases;
  heard: CaseChange[];
  members: string[];
}

type Step = (model: Model, real: Real) => Promise<void>;
const AGENT = { identity: 'kim', name: 'Kim' };
const STALE = 3;

/** One act on a case: what it should come to, by the model alone, and what it came to. */
async function act(
  { cases }: Model,
  real: Real,
  at: number,
  expected: (found: Expected, number: number) => string,
  work: (tx: Tx, number: number, version: number) => Promise<string>,
  follow: (found: Expected, number: number) => void,
  stale = false,
): Promise<void> {
  const numbers = [...cases.keys()];
  const number = numbers[at % Math.max(1, numbers.length)] ?? 999_999_999;
  const found = cases.get(number);
  const version = (found?.version ?? 1) + (stale ? STALE : 0);
  const wanted = !found || found.gone ? 'missing' : stale ? 'conflict' : expected(found, number);
  expect(await real.store.transact((tx) => work(tx, number, version))).toBe(wanted);
  if (wanted === 'done' && found) follow(found, number);
}

const memberOf = ({ members }: Real, at: number) => {
  const id = members[at % members.length] as string;
  return { id, name: `Member ${id}` };
};
const touched = (found: Expected, status?: CaseStatus) => {
  found.version += 1;
  if (status) found.status = status;
};
const mergedOr = (next: (found: Expected) => string) => (found: Expected) =>
  found.into !== null ? 'merged' : next(found);
const meant = ({ cases }: Model, found: Expected) =>
  found.into === null ? found : (cases.get(found.into) as Expected);

const anyCase = fc.nat(30);
const anyMember = fc.nat(3);
const rarely = fc.integer({ min: 0, max: 5 }).map((n) => n === 0);
const anyStatus = fc.constantFrom(...(Object.keys(transitions) as CaseStatus[]));

const opened = anyMember.map(
  (by): Step =>
    async ({ cases }, real) => {
      const member = memberOf(real, by);
      const change = await real.store.transact((tx) =>
        real.cases.open(
          tx,
          {
            memberId: member.id,
            title: 'It does not work',
            description: '',
            type: 'bug',
            priority: 'normal',
            tags: [],
            fields: {},
            conversationId: null,
            assignee: null,
          },
          AGENT,
        ),
      );
      if (change.is !== 'done') throw new Error(`a good case was refused: ${change.is}`);
      const { number } = change.case;
      // Numbers rise, whatever became of earlier cases.
      expect(number).toBeGreaterThan(Math.max(0, ...cases.keys()));
      cases.set(number, {
        ...{ owner: member.id, status: 'open', before: null, into: null, version: 1, gone: false },
        ...{ votes: new Map(), followers: new Map() },
      });
    },
);

const moved = fc.tuple(anyCase, anyStatus, rarely).map(
  ([at, to, stale]): Step =>
    (model, real) =>
      act(
        model,
        real,
        at,
        mergedOr((found) => (mayMove(found.status, to) ? 'done' : 'illegal')),
        async (tx, number, version) => (await real.cases.transition(tx, number, version, to, AGENT)).is,
        (found) => touched(found, to),
        stale,
      ),
);

const said = fc.tuple(anyCase, rarely).map(
  ([at, stale]): Step =>
    (model, real) =>
      act(
        model,
        real,
        at,
        mergedOr(() => 'done'),
        async (tx, number, version) => {
          const comment = { text: 'Look here', visibility: 'internal' } as const;
          return (await real.cases.comment(tx, number, version, comment, AGENT)).is;
        },
        (found) => touched(found),
        stale,
      ),
);

const spokenByMember = fc
  .tuple(anyCase, anyMember, fc.constantFrom('reopen', 'close', 'comment', 'unsolved'))
  .map(
    ([at, by, what]): Step =>
      (model, real) => {
        const member = memberOf(real, by);
        const next = (found: Expected): CaseStatus | 'illegal' => {
          if (what === 'comment') return found.status === 'waiting' ? 'open' : found.status;
          if (what === 'close') return mayMove(found.status, 'closed') ? 'closed' : 'illegal';
          if (what === 'reopen') return isUnfinished(found.status) ? 'illegal' : 'open';
          if (!isUnfinished(found.status)) return 'illegal';
          return found.status === 'waiting' ? 'open' : found.status;
        };
        return act(
          model,
          real,
          at,
          mergedOr((found) => {
            if (found.owner !== member.id) return 'missing';
            return next(found) === 'illegal' ? 'illegal' : 'done';
          }),
          async (tx, number) => {
            const { cases } = real;
            if (what === 'comment') return (await cases.commentedByMember(tx, member, number, 'Hello?')).is;
            if (what === 'close') return (await cases.closedByMember(tx, member, number)).is;
            if (what === 'reopen') return (await cases.reopenedByMember(tx, member, number)).is;
            return (await cases.unsolvedByMember(tx, member, number)).is;
          },
          (found) => touched(found, next(found) as CaseStatus),
        );
      },
  );

const voiced = fc.tuple(anyCase, anyMember, fc.boolean(), fc.constantFrom('votes', 'followers')).map(
  ([at, by, wanted, what]): Step =>
    (model, real) => {
      const member = memberOf(real, by);
      return act(
        model,
        real,
        at,
        () => 'done',
        async (tx, number) => {
          const { is } =
            what === 'votes'
              ? await real.cases.vote(tx, member, number, wanted)
              : await real.cases.follow(tx, member, number, wanted);
          return is;
        },
        (found) => {
          const kept = meant(model, found)[what as 'votes' | 'followers'];
          if (wanted) kept.set(member.id, null);
          else kept.delete(member.id);
        },
      );
    },
);

const merged = fc.tuple(anyCase, anyCase, rarely).map(
  ([at, target, stale]): Step =>
    (model, real) => {
      const numbers = [...model.cases.keys()];
      const into = numbers[target % Math.max(1, numbers.length)] ?? 999_999_998;
      const other = model.cases.get(into);
      const hasDuplicates = (number: number) =>
        [...model.cases.values()].some((its) => its.into === number && !its.gone);
      return act(
        model,
        real,
        at,
        (found, number) => {
          if (found.into !== null) return 'merged';
          if (!other || number === into || other.gone || other.into !== null) return 'bad-target';
          return hasDuplicates(number) ? 'has-duplicates' : 'done';
        },
        async (tx, number, version) => (await real.cases.merge(tx, number, version, into, AGENT)).is,
        (found, number) => {
          for (const name of ['votes', 'followers'] as const) {
            const carried = [...found[name].keys(), ...(name === 'followers' ? [found.owner] : [])];
            for (const id of carried) if (!other?.[name].has(id)) other?.[name].set(id, number);
          }
          Object.assign(found, { before: found.status, status: 'closed', into });
          touched(found);
          if (other) touched(other);
        },
        stale,
      );
    },
);

const unmerged = anyCase.map(
  (at): Step =>
    (model, real) =>
      act(
        model,
        real,
        at,
        (found) => (found.into === null ? 'not-merged' : 'done'),
        async (tx, number, version) => (await real.cases.unmerge(tx, number, version, AGENT)).is,
        (found, number) => {
          const other = model.cases.get(found.into as number) as Expected;
          for (const kept of [other.votes, other.followers])
            for (const [id, via] of kept) if (via === number) kept.delete(id);
          Object.assign(found, { status: found.before, before: null, into: null });
          touched(found);
          touched(other);
        },
      ),
);

const removed = anyCase.map(
  (at): Step =>
    (model, real) =>
      act(
        model,
        real,
        at,
        (_, number) =>
          [...model.cases.values()].some((its) => its.into === number && !its.gone)
            ? 'has-duplicates'
            : 'done',
        async (tx, number, version) => {
          const outcome = await real.cases.remove(tx, number, version, AGENT);
          return outcome.is;
        },
        (found) => {
          touched(found);
          found.gone = true;
        },
      ),
);

/** All that is kept is what the model says, and nothing that must never be. */
async function compare({ cases }: Model, { store, heard }: Real): Promise<void> {
  const numbers = [...cases.keys()];
  if (numbers.length === 0) return;
  const rows = await store.db.selectFrom('cases').selectAll().where('number', 'in', numbers).execute();
  const kept = {
    votes: await store.db.selectFrom('case_votes').selectAll().where('case_number', 'in', numbers).execute(),
    followers: await store.db
      .selectFrom('case_followers')
      .selectAll()
      .where('case_number', 'in', numbers)
      .execute(),
  };
  const events = await store.db
    .selectFrom('case_events')
    .select('case_number')
    .where('case_number', 'in', numbers)
    .execute();
  const shown = new Set(
    (await listCases(store, { q: 'work not', limit: '100' })).cases.map((its) => its.number),
  );
  expect(rows.length).toBe(numbers.length);
  for (const row of rows) {
    const { number } = row;
    const want = cases.get(number) as Expected;
    expect([number, row.status, row.version, row.merged_into]).toEqual([
      number,
      want.status,
      want.version,
      want.into,
    ]);
    for (const name of ['votes', 'followers'] as const) {
      const its = kept[name].filter((vote) => vote.case_number === number);
      expect(new Map(its.map(({ member_id, via }) => [member_id, via]))).toEqual(want[name]);
    }
    expect(row.votes).toBe(want.votes.size);
    expect(row.resolved_at === null).toBe(isUnfinished(row.status));
    // A change, an entry in the trail and one word to whoever listens: always all three.
    expect(events.filter((event) => event.case_number === number).length).toBe(row.version);
    expect(heard.filter(({ after, kind }) => after.number === number && kind !== 'votes').length).toBe(
      row.version,
    );
    expect(shown.has(number)).toBe(!want.gone);
    // A deleted one is shown to nobody, whatever it was a duplicate of.
    if (row.merged_into !== null && !want.gone) expect(cases.get(row.merged_into)?.into).toBeNull();
  }
}

for (const kind of storeKinds) {
  describe(`cases on ${kind.name}`, () => {
    let place: TestPlace;
    let store: Store;
    beforeAll(async () => {
      place = await kind.make();
      store = await place.open();
    });
    afterAll(() => place?.drop());

    test('keeps cases as the model says after any sequence of changes', async () => {
      let next = 100_000_000_000_000_000n;
      const steps = fc.array(
        fc.oneof(
          { weight: 3, arbitrary: opened },
          { weight: 3, arbitrary: moved },
          { weight: 1, arbitrary: said },
          { weight: 2, arbitrary: spokenByMember },
          { weight: 3, arbitrary: voiced },
          { weight: 4, arbitrary: merged },
          { weight: 2, arbitrary: unmerged },
          { weight: 1, arbitrary: removed },
        ),
        { minLength: 10, maxLength: 45, size: 'max' },
      );
      await fc.assert(
        fc.asyncProperty(steps, async (sequence) => {
          next += 4n;
          const members = [0n, 1n, 2n, 3n].map((n) => String(next + n));
          await store.db
            .insertInto('members')
            .values(members.map((id) => ({ id, name: `Member ${id}`, created_at: 1, seen_at: 1 })))
            .execute();
          const heard: CaseChange[] = [];
          const cases = createCases({ store, tell: async () => {}, changed: () => {}, fields: [] });
          cases.subscribe(async (_, change) => void heard.push(change));
          const model: Model = { cases: new Map() };
          const real: Real = { store, cases, heard, members };
          for (const step of sequence) await step(model, real);
          await compare(model, real);
        }),
        { numRuns: kind.name === 'sqlite' ? 15 : 6 },
      );
    });
  });
}
