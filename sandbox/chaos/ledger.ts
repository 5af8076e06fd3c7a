import { type Direction, directionOf, type Sent } from './book.ts';
import type { Held, Holdings } from './held.ts';
import { keptInOrder } from './order.ts';

export const ROWS = [
  'messages to agents',
  'messages to members',
  'files to agents',
  'files to members',
  'edits to agents',
  'edits to members',
  'deletions to agents',
  'deletions to members',
  'first contacts',
] as const;
export type Row = (typeof ROWS)[number];
export const FAILURES = ['lost', 'twice', 'disordered', 'misdelivered'] as const;
export type FailureKind = (typeof FAILURES)[number];

export interface Counts extends Record<FailureKind, number> {
  sent: number;
  /** Where nothing could be proved, such as an edit in a conversation that was closed. */
  exempt: number;
}

export interface Failure {
  row: Row;
  kind: FailureKind;
  /** Absent for what no message stands for. */
  token?: string;
  memberId: string;
  /** What is wrong and where it ended. */
  what: string;
  /** A message of which it stands on the wrong side. */
  beside?: string;
}

export interface Verdict {
  rows: Record<Row, Counts>;
  failures: Failure[];
}

/** What was seen besides what is there at the end. */
export interface Seen {
  /** The highest version of a message that the other side has ever shown. */
  highestVersion(token: string): number;
  /** Whether an agent ended the chat. */
  wasEnded(conversationSid: string): boolean;
}

interface Expected {
  key: string;
  sent: Sent;
  row: Row;
  /** Position among all that went in the direction of this member. */
  place: number;
}

const side = { 'to-agent': 'agents', 'to-member': 'members' } as const;
const inRow = (what: 'messages' | 'files' | 'edits' | 'deletions', direction: Direction): Row =>
  `${what} to ${side[direction]}`;

/** Compares what people did with what the clouds hold. Reads nothing of the bridge. */
export function judge(sentByPeople: Iterable<Sent>, holdings: Holdings, seen: Seen): Verdict {
  const rows = Object.fromEntries(
    ROWS.map((row) => [row, { sent: 0, lost: 0, twice: 0, disordered: 0, misdelivered: 0, exempt: 0 }]),
  ) as Record<Row, Counts>;
  const failures: Failure[] = [];
  const fail = (failure: Failure) => {
    rows[failure.row][failure.kind] += 1;
    failures.push(failure);
  };

  const sent = [...sentByPeople];
  const byToken = new Map(sent.map((one) => [one.token, one]));
  const laneOf = (direction: Direction, memberId: string) => `${direction} ${memberId}`;
  const lanes = new Map<string, { sent: Sent[]; held: Held[] }>();
  const lane = (name: string) => {
    const known = lanes.get(name) ?? { sent: [], held: [] };
    lanes.set(name, known);
    return known;
  };
  for (const one of sent) lane(laneOf(one.direction, one.memberId)).sent.push(one);

  for (const held of holdings.messages) {
    const isInAnothersName = !held.isPublic && (held.author ?? held.memberId) !== held.memberId;
    const isStranger = (token: string) => {
      const author = byToken.get(token);
      return (
        isInAnothersName ||
        // Everybody may speak in public, each in their own name.
        (held.isPublic && held.author !== undefined && author?.speakerId !== held.author) ||
        author?.memberId !== held.memberId ||
        // It came back to who wrote it.
        directionOf(token) !== held.direction ||
        (held.signedBy !== undefined && author.by !== undefined && held.signedBy !== author.by)
      );
    };
    const strangers = new Set([...held.marks, ...held.files].map(({ token }) => token).filter(isStranger));
    if (held.same !== undefined && isInAnothersName)
      fail({
        row: inRow('messages', held.direction),
        kind: 'misdelivered',
        memberId: held.memberId,
        what: `one “${held.same}” is at ${held.where} in the name of ${held.author}`,
      });
    for (const token of strangers) {
      const author = byToken.get(token);
      const row = author?.isFirst
        ? 'first contacts'
        : inRow(held.marks.length ? 'messages' : 'files', held.direction);
      fail({ row, kind: 'misdelivered', token, memberId: held.memberId, what: `is at ${held.where}` });
    }
    lane(laneOf(held.direction, held.memberId)).held.push({
      ...held,
      marks: held.marks.filter(({ token }) => !strangers.has(token)),
      files: held.files.filter(({ token }) => !strangers.has(token)),
    });
  }

  for (const { sent: wrote, held } of lanes.values()) judgeLane(wrote, held, rows, fail, seen);
  judgeContacts(sent, holdings, fail, seen);
  return { rows, failures };
}

function judgeLane(
  wrote: Sent[],
  held: Held[],
  rows: Record<Row, Counts>,
  fail: (failure: Failure) => void,
  seen: Seen,
): void {
  const expected: Expected[] = [];
  for (const sent of wrote) {
    const row = sent.isFirst ? 'first contacts' : inRow('messages', sent.direction);
    const add = (key: string, its: Row) => expected.push({ key, sent, row: its, place: expected.length });
    if (sent.same !== undefined) add(`same ${sent.same}`, row);
    for (let part = 0; part < sent.texts; part += 1) add(`${sent.token} ${part}`, row);
    for (const { digest } of sent.files) add(`file ${digest}`, inRow('files', sent.direction));
    if (sent.texts > 0 || sent.same !== undefined) rows[row].sent += 1;
    rows[inRow('files', sent.direction)].sent += sent.files.length;
  }

  const found: { key: string; held: Held }[] = held.flatMap((one) => [
    ...one.marks.map(({ token, part }) => ({ key: `${token} ${part}`, held: one })),
    ...(one.same === undefined ? [] : [{ key: `same ${one.same}`, held: one }]),
    ...one.files.map(({ digest }) => ({ key: `file ${digest}`, held: one })),
  ]);
  const placesOf = new Map<string, { at: number; held: Held }[]>();
  found.forEach(({ key, held: one }, at) => {
    const places = placesOf.get(key) ?? [];
    placesOf.set(key, places);
    places.push({ at, held: one });
  });

  const whole = new Set(held.flatMap((one) => one.whole));
  const told = new Set<string>();
  /** One message counts once for each fault, however many pieces it has. */
  const failOnce = ({ sent, row }: Expected, kind: FailureKind, what: string, beside?: string) => {
    const { token, memberId } = sent;
    if (told.has(`${row} ${kind} ${token}`)) return;
    told.add(`${row} ${kind} ${token}`);
    fail({ row, kind, token, memberId, what, ...(beside ? { beside } : {}) });
  };

  const unique = expected.filter(({ sent }) => sent.same === undefined);
  const arrived: { at: number; expected: Expected }[] = [];
  for (const one of unique) {
    const places = placesOf.get(one.key) ?? [];
    const [first] = places;
    if (first) {
      arrived.push({ at: first.at, expected: one });
      const isText = !one.key.startsWith('file ');
      if (isText && !whole.has(one.key))
        failOnce(one, 'lost', `is not as it was written at ${first.held.where}`);
    }
    if (!first && one.sent.deletedAt === undefined) failOnce(one, 'lost', 'is nowhere');
    if (places.length > 1)
      failOnce(one, 'twice', `is at ${places.map(({ held: there }) => there.where).join(', and ')}`);
  }
  arrived.sort((a, b) => a.at - b.at);
  const kept = keptInOrder(arrived.map(({ expected: { place } }) => place));
  arrived.forEach(({ expected: one }, index) => {
    if (kept.has(index)) return;
    const [before, after] = [arrived.slice(0, index), arrived.slice(index)];
    const beside =
      before.find(({ expected: { place } }) => place > one.place) ??
      after.findLast(({ expected: { place } }) => place < one.place);
    failOnce(
      one,
      'disordered',
      `stands at ${placesOf.get(one.key)?.[0]?.held.where}`,
      beside?.expected.sent.token,
    );
  });
  const anchors = arrived.filter((_, index) => kept.has(index));
  judgeIdentical(expected, found, anchors, fail);
  for (const sent of wrote) judgeChanges(sent, held, rows, fail, seen);
}

/**
 * Texts that several messages share are told apart by where they stand: between the same two unique ones as they were
 * written. What is left over in one such gap and missing in another was moved.
 */
function judgeIdentical(
  expected: Expected[],
  found: { key: string; held: Held }[],
  anchors: { at: number; expected: Expected }[],
  fail: (failure: Failure) => void,
): void {
  const isSame = (key: string) => key.startsWith('same ');
  if (!expected.some(({ key }) => isSame(key)) && !found.some(({ key }) => isSame(key))) return;
  const gapOf = (fits: (anchor: (typeof anchors)[number]) => boolean) => {
    const next = anchors.findIndex((anchor) => !fits(anchor));
    return next < 0 ? anchors.length : next;
  };
  const missing = new Map<string, Expected[]>();
  const surplus = new Map<string, Held[]>();
  const keys = new Set([...expected, ...found].map(({ key }) => key).filter(isSame));
  for (const key of keys) {
    const wanted = Map.groupBy(
      expected.filter((one) => one.key === key),
      ({ place }) => gapOf((anchor) => anchor.expected.place < place),
    );
    const there = Map.groupBy(
      found.flatMap((one, at) => (one.key === key ? { ...one, at } : [])),
      ({ at }) => gapOf((anchor) => anchor.at < at),
    );
    for (const gap of new Set([...wanted.keys(), ...there.keys()])) {
      const [here, found] = [wanted.get(gap) ?? [], there.get(gap) ?? []];
      missing.set(key, [...(missing.get(key) ?? []), ...here.slice(found.length)]);
      surplus.set(key, [...(surplus.get(key) ?? []), ...found.slice(here.length).map(({ held }) => held)]);
    }
    const [lost, more] = [missing.get(key) ?? [], surplus.get(key) ?? []];
    lost.forEach(({ row, sent }, index) => {
      const moved = more[index];
      const { token, memberId } = sent;
      const words = `one of those “${sent.same}”`;
      if (moved)
        fail({ row, kind: 'disordered', token, memberId, what: `${words} stands at ${moved.where}` });
      else fail({ row, kind: 'lost', token, memberId, what: `${words} is nowhere` });
    });
    for (const held of more.slice(lost.length)) {
      const row = inRow('messages', held.direction);
      fail({
        row,
        kind: 'twice',
        memberId: held.memberId,
        what: `one “${held.same}” too many at ${held.where}`,
      });
    }
  }
}

function judgeChanges(
  sent: Sent,
  held: Held[],
  rows: Record<Row, Counts>,
  fail: (failure: Failure) => void,
  seen: Seen,
): void {
  const { token, memberId, direction } = sent;
  const isIts = (one: { token: string }) => one.token === token;
  const there = held.filter(({ marks, files }) => marks.some(isIts) || files.some(isIts));
  const changeable = there.filter(({ isOpen }) => isOpen);

  if (sent.deletedAt !== undefined) {
    const row = inRow('deletions', direction);
    rows[row].sent += 1;
    const left = changeable.find(({ isMarkedDeleted }) => !isMarkedDeleted);
    if (left) fail({ row, kind: 'lost', token, memberId, what: `still stands at ${left.where}` });
    else if (there.length > changeable.length) rows[row].exempt += 1;
    return;
  }
  const marked = there.find(({ isMarkedDeleted }) => isMarkedDeleted);
  if (marked) {
    const row = inRow('deletions', direction);
    fail({ row, kind: 'misdelivered', token, memberId, what: `nobody deleted it, ${marked.where} says so` });
  }
  if (sent.edits.length === 0) return;
  const row = inRow('edits', direction);
  rows[row].sent += 1;
  const versions = changeable.flatMap(({ marks, where }) =>
    marks.filter(isIts).map(({ version }) => ({ version, where })),
  );
  if (versions.length === 0) {
    // Closed, or lost as a whole and counted there.
    rows[row].exempt += 1;
    return;
  }
  const stale = versions.find(({ version }) => version !== sent.version);
  if (!stale) return;
  const wasThere = seen.highestVersion(token) >= sent.version;
  fail({
    row,
    kind: wasThere ? 'disordered' : 'lost',
    token,
    memberId,
    what: `${stale.where} shows version ${stale.version} of ${sent.version}${wasThere ? ', the last was there before' : ''}`,
  });
}

/** Each member has one open conversation at most, it has led to one task, and nobody but an agent ends it. */
function judgeContacts(sent: Sent[], holdings: Holdings, fail: (failure: Failure) => void, seen: Seen): void {
  const row = 'first contacts';
  const byMember = Map.groupBy(holdings.conversations, ({ memberId }) => memberId);
  for (const memberId of new Set(sent.map((one) => one.memberId))) {
    const own = byMember.get(memberId) ?? [];
    const open = own.filter(({ isOpen }) => isOpen);
    if (open.length > 1) {
      const what = `open at once: ${open.map(({ sid }) => sid).join(', ')}`;
      fail({ row, kind: 'twice', memberId, what });
    }
    for (const { sid, tasks, isOpen } of own) {
      if (tasks > 1) fail({ row, kind: 'twice', memberId, what: `${tasks} tasks for ${sid}` });
      if (!isOpen && tasks > 0 && !seen.wasEnded(sid))
        fail({ row, kind: 'lost', memberId, what: `no agent ended the chat ${sid}, and it is closed` });
    }
    if (open.length > 0 && !open.some(({ openTasks }) => openTasks > 0))
      fail({ row, kind: 'lost', memberId, what: `asked for a person, no task for ${open[0]?.sid}` });
  }
}

export const isClean = ({ failures }: Verdict): boolean => failures.length === 0;
