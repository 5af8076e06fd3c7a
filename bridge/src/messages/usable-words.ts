import { oneLine } from '@flexcord/shared/messages/one-line';
import type { Store, Tx } from '../store/open.ts';

type Db = Store['db'] | Tx;

/** A line that a member has taken back: `now` is what stands in its place, null where the message is deleted. */
interface Gone {
  line: string;
  now: string | null;
}

/** What a member no longer says: the words of deleted messages, and the old words of edited ones. */
export type GoneWords = readonly Gone[];

/** The newest messages of a member that are looked at. */
const MAX_MESSAGES = 2_000;
/** Shorter lines are taken out only where they stand alone: "ok" is part of many other words. */
const MIN_PART_LENGTH = 8;

/** A line that grows beyond this by what replaces its words is not used at all: words that were edited may hold each other. */
const MAX_LINE_LENGTH = 16_000;

/** What stands before a message's words: a quotation mark, a name. */
const BEFORE_WORDS = /^(?:> ?)?(?:[^:\n]{1,100}: )?/;

const linesOf = (text: string) => text.split('\n').map(oneLine);

/**
 * What a member no longer says, as far as it is still known (see `forgetMessages`). Whoever uses words that came from a
 * member, or that somebody may have copied from one, uses what `usable` leaves of them.
 */
export async function goneWordsOf(db: Db, memberId: string): Promise<GoneWords> {
  const rows = await db
    .selectFrom('messages')
    .select(['text', 'words', 'former', 'deleted_at'])
    .where('member_id', '=', memberId)
    .where('direction', '=', 'to-agent')
    .orderBy('created_at', 'desc')
    .limit(MAX_MESSAGES)
    .execute();
  const said = new Set(
    rows.flatMap(({ text, words, deleted_at }) => (deleted_at === null ? linesOf(words ?? text) : [])),
  );
  const gone = new Map<string, string | null>();
  for (const { text, words, former, deleted_at } of rows) {
    const versions = [text, ...(former ? (JSON.parse(former) as string[]) : [])];
    if (deleted_at !== null && words !== null) versions.push(words);
    if (deleted_at === null && words === null) continue;
    const now = deleted_at === null ? linesOf(words ?? '') : null;
    for (const version of versions) {
      for (const [at, line] of linesOf(version).entries())
        if (line !== '' && !said.has(line)) gone.set(line, now && (now[at] ?? ''));
    }
  }
  return asGone([...gone].map(([line, now]) => ({ line, now })));
}

/** The words of one message that was deleted, where nothing else is known of it. */
export const goneText = (text: string): GoneWords =>
  asGone(linesOf(text).flatMap((line) => (line === '' ? [] : { line, now: null })));

/** The longest first: it may hold a shorter one. */
const asGone = (gone: Gone[]): GoneWords => gone.sort((one, other) => other.line.length - one.line.length);

/** The words of `text` that may be used: what is gone is replaced by what it is now, or by `mark`. */
export function usable(text: string, gone: GoneWords, mark = ''): string {
  if (gone.length === 0) return text;
  let changed = false;
  const lines = text.split('\n').flatMap((line) => {
    const left = usableLine(line, gone, mark);
    if (left === line) return [line];
    changed = true;
    return left === '' ? [] : [left];
  });
  return changed ? lines.join('\n') : text;
}

/** Replaces words by what they are now, but not where that stands already: an edit often only adds to its words. */
function replaceOutside(line: string, words: string, now: string): string {
  const inPieces = (text: string) => text.replaceAll(words, () => now);
  return now.includes(words) ? line.split(now).map(inPieces).join(now) : inPieces(line);
}

/** Finds what is gone in a line without trying all of it: a member may have taken back many thousands of lines. */
interface Finder {
  /** The first of `gone` at or after `from` that `left` may hold, or that holds `core`. */
  next(left: string, before: string, core: string, from: number): number | undefined;
}

const finders = new WeakMap<GoneWords, Finder>();

function finderOf(gone: GoneWords): Finder {
  const known = finders.get(gone);
  if (known) return known;
  const places = new Map<string, number>();
  const lengths = new Set<number>();
  /** Where each line begins in all of them, one after the other. */
  const starts: number[] = [];
  let end = 0;
  gone.forEach(({ line }, at) => {
    if (!places.has(line)) places.set(line, at);
    if (line.length >= MIN_PART_LENGTH) lengths.add(line.length);
    starts.push(end);
    end += line.length + 1;
  });
  const all = gone.map(({ line }) => line).join('\n');

  function lineAt(position: number): number {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  const finder: Finder = {
    next(left, before, core, from) {
      let first = Number.POSITIVE_INFINITY;
      const look = (words: string) => {
        const at = places.get(words);
        if (at !== undefined && at >= from && at < first) first = at;
      };
      look(left);
      look(left.slice(before.length));
      for (const length of lengths)
        for (let at = 0; at + length <= left.length; at += 1) look(left.slice(at, at + length));
      const start = starts[from];
      const found = core.length >= MIN_PART_LENGTH && start !== undefined ? all.indexOf(core, start) : -1;
      if (found >= 0) first = Math.min(first, lineAt(found));
      return first < gone.length ? first : undefined;
    },
  };
  finders.set(gone, finder);
  return finder;
}

function usableLine(line: string, gone: GoneWords, mark: string): string {
  const finder = finderOf(gone);
  let left = oneLine(line);
  let changed = false;
  for (let at = 0; ; at += 1) {
    const [before = ''] = BEFORE_WORDS.exec(left) ?? [];
    const core = left.slice(before.length).replace(/…$/, '').trim();
    const found = finder.next(left, before, core, at);
    if (found === undefined) break;
    at = found;
    const { line: words, now } = gone[at] as Gone;
    const [start, end] = [left.indexOf(words), left.length];
    if (left === words) left = now ?? mark;
    else if (
      start >= 0 &&
      (words.length >= MIN_PART_LENGTH || (start === before.length && start + words.length === end))
    )
      left = replaceOutside(left, words, now ?? mark);
    // The rest of something longer: shortened, or cut out of it.
    else if (core.length >= MIN_PART_LENGTH && words.includes(core)) left = `${before}${now ?? mark}`;
    else continue;
    changed = true;
    if (left.length > Math.max(MAX_LINE_LENGTH, line.length)) return mark;
  }
  return changed ? left.trim() : line;
}

/** As `usable`, for every text in JSON. */
export function usableJson(json: string, gone: GoneWords, mark = ''): string {
  if (gone.length === 0) return json;
  const parsed: unknown = JSON.parse(json);
  const left = JSON.stringify(parsed, (_, value: unknown) =>
    typeof value === 'string' ? usable(value, gone, mark) : value,
  );
  // Whoever has signed the bytes finds them as they were.
  return left === JSON.stringify(parsed) ? json : left;
}

/**
 * What may be used of a transcript. A line of a deleted message is left out, one of an edited message says what that says
 * now, and lines that repeat such words lose them. `id` is the message's SID (IM…).
 */
export async function usableTranscript<Line extends { id: string; text: string }>(
  db: Db,
  memberId: string,
  lines: readonly Line[],
): Promise<Line[]> {
  const changed = await db
    .selectFrom('links')
    .innerJoin('messages', 'messages.id', 'links.discord_id')
    .select(['links.twilio_sid', 'links.part', 'messages.words', 'messages.deleted_at'])
    .where('links.twilio_sid', 'in', ['', ...lines.map(({ id }) => id)])
    .where((eb) => eb.or([eb('messages.deleted_at', 'is not', null), eb('messages.words', 'is not', null)]))
    .execute();
  const bySid = new Map(changed.map((row) => [row.twilio_sid, row]));
  const gone = await goneWordsOf(db, memberId);
  return lines.flatMap((line) => {
    const change = bySid.get(line.id);
    const text = change ? (change.deleted_at === null && change.part === 0 ? change.words : '') : line.text;
    const left = usable(text ?? '', gone);
    return left === '' && line.text !== '' ? [] : [{ ...line, text: left }];
  });
}
