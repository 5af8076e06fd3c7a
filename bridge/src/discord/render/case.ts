import { truncate } from '@flexcord/shared/messages/truncate';
import { truncateMarkdown } from '@flexcord/shared/messages/truncate-markdown';
import type { CaseStatus } from '@flexcord/shared/panel/case';
import { isUnfinished } from '@flexcord/shared/panel/case-status';
import { type APIEmbed, ButtonStyle, type RESTPostAPIChannelMessageJSONBody } from 'discord.js';
import type { CardView } from '../../cases/public/cards.ts';
import type { OwnCase, OwnCaseDetail } from '../../cases/public/own-cases.ts';
import { escapeLine, escapeLines } from '../../formats/markdown/escape.ts';
import type { CommunityNotice } from '../../messages/notices.ts';
import { type Texts, textsFor } from '../../texts/index.ts';
import { BLURPLE, GREEN, GREY } from './colours.ts';
import { button, row } from './components.ts';
import { customId } from './custom-id.ts';

/** https://docs.discord.com/developers/resources/message#embed-object-embed-limits, all of one message together 6,000 */
const MAX_TITLE_LENGTH = 256;
const MAX_DESCRIPTION_LENGTH = 3000;
const MAX_OWN_DESCRIPTION_LENGTH = 2000;
const MAX_COMMENT_LENGTH = 300;
const MAX_NAME_LENGTH = 200;
const MAX_TITLE_IN_LIST_LENGTH = 200;

type Message = Pick<RESTPostAPIChannelMessageJSONBody, 'content' | 'embeds' | 'components'>;

const ICON = { support: '💬', bug: '🐞', feature: '💡' } as const;

const colourOf = (status: CaseStatus) =>
  status === 'resolved' ? GREEN : status === 'closed' ? GREY : BLURPLE;

/** A case as everybody in a server sees it, with its buttons. Nothing in it pings or links anybody. */
export function renderCard(
  view: CardView,
  locale: string | null,
): Message & Pick<RESTPostAPIChannelMessageJSONBody, 'allowed_mentions'> {
  const texts = textsFor(locale);
  const words = texts.community.card;
  const { number, status, votes } = view;
  return {
    allowed_mentions: { parse: [] },
    embeds: [publicEmbed(view, texts)],
    components: [
      row(
        button(customId('vote', number), words.vote(votes), ButtonStyle.Primary, !isUnfinished(status)),
        button(customId('follow', number), words.follow),
        button(customId('view', number), words.view),
      ),
    ],
  };
}

/** The same without buttons, in the language of whoever looks. */
export const renderPublicCase = (view: CardView, texts: Texts): Message => ({
  embeds: [publicEmbed(view, texts)],
});

function publicEmbed(view: CardView, texts: Texts): APIEmbed {
  const words = texts.community.card;
  const { number, type, title, description, status, votes, followers, mergedInto, memberName, changedAt } =
    view;
  const text = description === title ? '' : escapeLines(description);
  return {
    color: colourOf(status),
    title: truncateMarkdown(`${ICON[type]} #${number} · ${escapeLine(title)}`, MAX_TITLE_LENGTH),
    ...(text ? { description: truncateMarkdown(text, MAX_DESCRIPTION_LENGTH) } : {}),
    fields: [
      {
        name: words.status,
        value: `${texts.caseStatus[status] ?? status}${mergedInto === null ? '' : ` → #${mergedInto}`}`,
        inline: true,
      },
      { name: words.votes, value: String(votes), inline: true },
      { name: words.followers, value: String(followers), inline: true },
    ],
    footer: {
      text: truncate(words.by(memberName.replace(/\s+/g, ' ')), MAX_TITLE_LENGTH, { ellipsis: '…' }),
    },
    timestamp: new Date(changedAt).toISOString(),
  };
}

/** A member's cases, a page of them. */
export function renderList(
  { cases, more, from }: { cases: OwnCase[]; more: boolean; from: number },
  page: number,
  texts: Texts,
): Message {
  const words = texts.community;
  if (cases.length === 0 && page === 0) return { content: words.none, embeds: [], components: [] };
  return {
    content: '',
    embeds: [
      {
        color: BLURPLE,
        title: texts.cases,
        description: cases.map((each) => listLine(each, texts)).join('\n') || words.none,
        ...(cases.length > 0 ? { footer: { text: words.page(from + 1, from + cases.length) } } : {}),
      },
    ],
    components:
      page > 0 || more
        ? [
            row(
              button(
                customId('case-page', 'newer', page - 1),
                words.newer,
                ButtonStyle.Secondary,
                page === 0,
              ),
              button(customId('case-page', 'older', page + 1), words.older, ButtonStyle.Secondary, !more),
            ),
          ]
        : [],
  };
}

const listLine = ({ number, type, title, status }: OwnCase, texts: Texts): string =>
  `${ICON[type]} **#${number}** · ${texts.caseStatus[status] ?? status} · ${truncateMarkdown(escapeLine(title), MAX_TITLE_IN_LIST_LENGTH)}`;

/** A member's own case with what was said about it. */
export function renderOwnCase(view: OwnCaseDetail, texts: Texts): Message {
  const { number, type, title, description, status, createdAt, comments } = view;
  const text = description === title ? '' : escapeLines(description);
  return {
    embeds: [
      {
        color: colourOf(status),
        title: truncateMarkdown(`${ICON[type]} #${number} · ${escapeLine(title)}`, MAX_TITLE_LENGTH),
        ...(text ? { description: truncateMarkdown(text, MAX_OWN_DESCRIPTION_LENGTH) } : {}),
        fields: [
          { name: texts.community.card.status, value: texts.caseStatus[status] ?? status, inline: true },
          { name: texts.community.created, value: `<t:${Math.floor(createdAt / 1000)}:R>`, inline: true },
          ...comments.map(({ author, text, at }) => ({
            name: truncateMarkdown(escapeLine(author), MAX_NAME_LENGTH),
            value: `${truncateMarkdown(escapeLines(text) || '–', MAX_COMMENT_LENGTH)} <t:${Math.floor(at / 1000)}:R>`,
          })),
        ],
        ...(comments.length === 0 ? { footer: { text: texts.community.nothingYet } } : {}),
      },
    ],
    components: !isUnfinished(status)
      ? [row(button(customId('reopen', number), texts.community.reopen))]
      : [],
  };
}

/** What a member or follower reads when the status of a case changed. */
export function renderStatusChange(notice: CommunityNotice, texts: Texts): RESTPostAPIChannelMessageJSONBody {
  const words = texts.community;
  const { caseNumber, title, status } = notice;
  const told = notice.is === 'case-moved' ? words.told[notice.status] : words.toldFollower[notice.status];
  const own = notice.is === 'case-moved';
  return {
    embeds: [
      {
        color: colourOf(status),
        title: truncateMarkdown(texts.caseTitle(caseNumber, escapeLine(title)), MAX_TITLE_LENGTH),
        description: told,
      },
    ],
    components: [
      row(
        ...(own && status === 'resolved' ? [button(customId('reopen', caseNumber), words.reopen)] : []),
        button(customId('view', caseNumber), words.card.view),
        ...(own ? [] : [button(customId('unfollow', caseNumber), words.unfollow)]),
      ),
    ],
  };
}
