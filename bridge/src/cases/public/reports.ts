import type { GuildQueries } from '../../guilds/guilds.ts';
import type { CanonicalFile } from '../../messages/canonical.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { Actor } from '../case-change.ts';
import type { Cases } from '../cases.ts';
import { plainTitle } from '../rules.ts';
import type { Cards } from './cards.ts';

/** Characters. A case's description must take the parts of a form together with their headings. */
export const REPORT_LIMITS = { title: 120, text: 3000, steps: 2000, comment: 2000 } as const;

/** Something that a member reports or asks for. */
export interface Report {
  type: 'bug' | 'feature';
  /** Empty where only a text was given: its first line is the title then. */
  title: string;
  text: string;
  /** Further parts, each under a heading in the member's language. */
  more: { heading: string; text: string }[];
  files: CanonicalFile[];
}

/** What became of a report: a new case, the one that it opened before, or none. */
export type Opened =
  | { is: 'opened' | 'opened-before'; number: number; cardIn: string | null }
  | { is: 'empty' }
  | { is: 'too-long'; limit: number };

export interface ReportsOptions {
  store: Store;
  cases: Pick<Cases, 'open' | 'linkMessage'>;
  cards: Cards;
  guilds: GuildQueries;
  /** The servers in which the bot is. */
  guildIds(): Promise<readonly string[]>;
}

/** Opens cases for reports and for messages of servers. One origin opens one case, however often it arrives. */
export function createReports({ store, cases, cards, guilds, guildIds }: ReportsOptions) {
  /** Runs `open` unless this origin has opened a case before. */
  async function once(
    tx: Tx,
    origin: string,
    open: () => Promise<Opened & { number: number }>,
  ): Promise<Opened> {
    const before = await tx
      .selectFrom('case_origins')
      .select('case_number')
      .where('origin', '=', origin)
      .executeTakeFirst();
    if (before) return { is: 'opened-before', number: before.case_number, cardIn: null };
    const opened = await open();
    // Of two at the same time the primary key fails one, and rolls its transaction back.
    await tx.insertInto('case_origins').values({ origin, case_number: opened.number }).execute();
    return opened;
  }

  async function open(
    tx: Tx,
    given: { memberId: string; type: 'support' | Report['type']; title: string; description: string },
    actor: Actor,
  ): Promise<number> {
    const opened = await cases.open(
      tx,
      { ...given, priority: 'normal', tags: [], fields: {}, conversationId: null, assignee: null },
      actor,
    );
    // Everything that a member can get wrong was checked before.
    if (opened.is !== 'done') throw new Error(`a case could not be opened: ${JSON.stringify(opened)}`);
    return opened.case.number;
  }

  return {
    /**
     * Opens a case for what a member reports, and gives it a card in the server, or in the only server that there is.
     * `meet` remembers the member in the same transaction.
     */
    async report(
      member: { id: string; name: string },
      report: Report,
      where: { origin: string; guildId: string | null },
      meet: (tx: Tx) => Promise<void>,
    ): Promise<Opened> {
      const text = clean(report.text);
      const title = titleOf(report.title) || titleOf(text);
      if (!title) return { is: 'empty' };
      if (text.length > REPORT_LIMITS.text) return { is: 'too-long', limit: REPORT_LIMITS.text };
      const description = [
        text,
        ...report.more
          .filter(({ text }) => clean(text))
          .map(({ heading, text }) => `${heading}\n${clean(text)}`),
      ].join('\n\n');
      const guild = where.guildId ? await guilds.find(where.guildId) : await guilds.only(guildIds);
      return store.transact(async (tx) => {
        await meet(tx);
        return once(tx, where.origin, async () => {
          const number = await open(
            tx,
            { memberId: member.id, type: report.type, title, description },
            { identity: null, name: member.name, memberId: member.id },
          );
          const cardIn = await cards.place(tx, number, report.type, guild, report.files);
          return { is: 'opened', number, cardIn };
        });
      });
    },

    /** Opens a case for the author of a message, on behalf of a moderator. */
    fromMessage(
      given: {
        message: { id: string; channelId: string; guildId: string; text: string };
        author: { id: string; name: string };
        link: string;
        moderator: { id: string; name: string };
      },
      meet: (tx: Tx) => Promise<void>,
    ): Promise<Opened> {
      const { message, author, link, moderator } = given;
      const text = clean(message.text);
      const actor: Actor = { identity: null, name: moderator.name, memberId: moderator.id };
      return store.transact(async (tx) => {
        await meet(tx);
        return once(tx, `message:${message.id}`, async () => {
          const number = await open(
            tx,
            {
              memberId: author.id,
              type: 'support',
              title: titleOf(text) || link,
              description: `${text.replace(/^/gm, '> ')}\n\n${link}`,
            },
            actor,
          );
          await cases.linkMessage(
            tx,
            number,
            { ...message, authorId: author.id, authorName: author.name, text },
            actor,
          );
          return { is: 'opened', number, cardIn: null };
        });
      });
    },
  };
}

export type Reports = ReturnType<typeof createReports>;

/** PostgreSQL takes no NUL in text. */
const clean = (text: string): string => text.replaceAll('\u0000', '').trim();

/** The first line that is not empty without mentions and the like. */
const titleOf = (text: string): string =>
  clean(text)
    .split('\n')
    .map((line) => plainTitle(line, REPORT_LIMITS.title))
    .find((line) => line !== '') ?? '';
