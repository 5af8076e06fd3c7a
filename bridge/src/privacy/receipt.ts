import { type Static, Type } from '@sinclair/typebox';
import type { Texts } from '../texts/index.ts';
import type { Counts } from './erase-store.ts';

const Timestamp = Type.String({ description: 'RFC 3339, UTC' });

/** What an erasure took away, and what it could not. */
export const ErasureReceipt = Type.Object({
  schema: Type.Literal('flexcord.erasure-receipt/1'),
  memberId: Type.String({ description: 'Discord id' }),
  beganAt: Timestamp,
  /** Null while it is not finished; running the command again goes on. */
  finishedAt: Type.Union([Timestamp, Type.Null()]),
  taken: Type.Record(Type.String(), Type.Integer({ minimum: 1 }), { description: 'How many, by kind' }),
  remains: Type.Array(
    Type.Object({
      what: Type.String({ description: 'A word that stays the same in every language' }),
      count: Type.Union([Type.Integer(), Type.Null()]),
      says: Type.String(),
    }),
  ),
});
export type ErasureReceipt = Static<typeof ErasureReceipt>;

type Remaining = keyof Texts['privacy']['receipt']['left'];

/** What no API takes away, whatever was held. */
const ALWAYS: readonly Remaining[] = [
  'insights',
  'interactions',
  'logs',
  'backups',
  'other-systems',
  'other-people',
];

/** Counts that say what stayed. */
export const LEFT = { ownMessages: 'left:own-messages', files: 'left:files' } as const;

export function receiptOf(
  {
    memberId,
    beganAt,
    finishedAt,
    counts,
  }: { memberId: string; beganAt: number; finishedAt: number | null; counts: Counts },
  texts: Texts,
): ErasureReceipt {
  const { left } = texts.privacy.receipt;
  const own = counts[LEFT.ownMessages] ?? null;
  const files = counts[LEFT.files] ?? null;
  const remaining: [Remaining, number | null][] = [
    ['own-messages', own],
    ...(files === null ? [] : ([['files', files]] as [Remaining, number][])),
    ...ALWAYS.map((what): [Remaining, null] => [what, null]),
  ];
  return {
    schema: 'flexcord.erasure-receipt/1',
    memberId,
    beganAt: new Date(beganAt).toISOString(),
    finishedAt: finishedAt === null ? null : new Date(finishedAt).toISOString(),
    taken: Object.fromEntries(
      Object.entries(counts).filter(([kind, count]) => count > 0 && !kind.startsWith('left:')),
    ),
    remains: remaining.map(([what, count]) => ({ what, count, says: left[what] })),
  };
}

/** The receipt for a letter to the member. */
export function receiptText(receipt: ErasureReceipt, texts: Texts): string {
  const words = texts.privacy.receipt;
  const names: Record<string, string> = words.counts;
  const when = new Intl.DateTimeFormat(texts.locale, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  const taken = Object.entries(receipt.taken);
  return [
    words.title,
    words.member(receipt.memberId),
    ...(receipt.finishedAt === null
      ? []
      : [words.finished(`${when.format(new Date(receipt.finishedAt))} UTC`)]),
    '',
    ...(taken.length === 0
      ? [words.nothing]
      : [words.taken, ...taken.map(([kind, count]) => `  ${count}  ${names[kind] ?? kind}`)]),
    '',
    words.remains,
    ...receipt.remains.map(({ count, says }) => `  - ${says}${count === null ? '' : ` (${count})`}`),
  ].join('\n');
}
