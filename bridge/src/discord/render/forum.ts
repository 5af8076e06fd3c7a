import { DISCORD_MESSAGE_LIMIT } from '@flexcord/shared/messages/split';
import { truncate } from '@flexcord/shared/messages/truncate';
import { truncateMarkdown } from '@flexcord/shared/messages/truncate-markdown';
import { MINUTE_MS } from '@flexcord/shared/time';
import { type APIEmbed, ButtonStyle, type RESTPostAPIChannelMessageJSONBody } from 'discord.js';
import { escapeLine, escapeLines, namedLink } from '../../formats/markdown/escape.ts';
import type { ForumCard, ForumReport, PostLink } from '../../forum/cards.ts';
import type { SecretKind } from '../../forum/secrets.ts';
import { steadyNow } from '../../store/clock.ts';
import { type Texts, textsFor } from '../../texts/index.ts';
import { articleEmbed, readButtons } from './article.ts';
import { BLURPLE, GREEN, GREY, ORANGE } from './colours.ts';
import { button, row } from './components.ts';
import { customId } from './custom-id.ts';
import { incidentEmbed } from './incident.ts';

type Body = RESTPostAPIChannelMessageJSONBody;

const MAX_DESCRIPTION_LENGTH = 4000;
const MAX_EXTRACT_LENGTH = 500;

/** What the bot says in a public thread, as a Discord message. It pings nobody but the author who is asked something. */
export function renderForumCard(card: ForumCard, locale: string | null): Body {
  return { allowed_mentions: { parse: [] }, ...body(card, textsFor(locale)) };
}

function body(card: ForumCard, texts: Texts): Body {
  const { forum: words } = texts;
  switch (card.is) {
    case 'answer':
      return {
        content: card.again ? words.answerAgain : words.answer,
        embeds: [
          ...card.articles.map((article) => cited(articleEmbed(article, texts), words.cited)),
          ...(card.posts.length > 0 ? [postsEmbed(card.posts, words)] : []),
        ],
        components: [...readButtons(card.articles, texts), deciding(card, words)],
      };
    case 'similar':
      return {
        content: words.similar,
        embeds: [postsEmbed(card.posts, words)],
        components: [deciding(card, words)],
      };
    case 'reword':
      return {
        content: card.mayAskTeam ? words.rewordOrTeam : words.reword,
        components: [
          row(
            ...(card.mayAskTeam ? [press('post-team', words, ButtonStyle.Primary)] : []),
            press('post-private', words),
          ),
        ],
      };
    case 'team':
      return {
        embeds: [{ color: BLURPLE, description: words.team }],
        components: [row(press('post-private', words))],
      };
    case 'ask-solved':
      return {
        content: words.askSolved(`**${escapeLine(card.name)}**`),
        components: [
          row(
            button(customId('post-solution', card.messageId), words.button.solution, ButtonStyle.Success),
            press('post-not-yet', words),
          ),
        ],
      };
    case 'solved':
      return {
        embeds: [
          {
            color: GREEN,
            description: card.name === null ? words.solved : words.solvedBy(`**${escapeLine(card.name)}**`),
            footer: { text: words.writeToReopen },
          },
        ],
      };
    case 'reopened':
      return { content: `-# ${words.reopened}` };
    case 'reminder': {
      const time = card.closesInMs === null ? null : Math.floor((steadyNow() + card.closesInMs) / 1000);
      return {
        allowed_mentions: { parse: [], users: [card.authorId] },
        content: [
          words.reminder(`<@${card.authorId}>`),
          // Discord shows it in the reader's own language (https://docs.discord.com/developers/reference#message-formatting).
          ...(time === null ? [] : [words.closesIn(`<t:${time}:R>`)]),
        ].join(' '),
        components: [
          row(
            button(customId('post-solved'), words.button.solved, ButtonStyle.Success),
            button(customId('post-open'), words.button.stillOpen),
            ...(card.mayAskTeam ? [press('post-team', words, ButtonStyle.Primary)] : []),
          ),
        ],
      };
    }
    case 'closed':
      return { embeds: [{ color: GREY, description: words.closed }] };
    case 'private':
      return { embeds: [{ color: GREY, description: words.private }] };
    case 'duplicate':
      return { embeds: [{ color: GREY, description: words.duplicate(card.url) }] };
    case 'incident':
      return {
        embeds: [{ ...incidentEmbed(card, ORANGE), footer: { text: texts.incidents.known } }],
        components: [
          row(
            button(customId('post-not-yet'), texts.incidents.other),
            ...(card.mayAskTeam ? [press('post-team', words)] : []),
            press('post-private', words),
          ),
        ],
      };
    case 'incident-over':
      return { embeds: [incidentEmbed(card, GREEN)] };
  }
}

/** Whatever else is below an article, that it is cited and by whom. */
const cited = <E extends APIEmbed>(embed: E, by: string): APIEmbed => ({
  ...embed,
  footer: { text: [embed.footer?.text, by].filter(Boolean).join(' · ') },
});

function postsEmbed(posts: readonly PostLink[], words: Texts['forum']): APIEmbed {
  const isCited = posts.some(({ extract }) => extract !== undefined);
  const lines = posts.map(({ title, url, extract }) => {
    const quote =
      extract === undefined
        ? ''
        : `\n${escapeLines(truncate(extract, MAX_EXTRACT_LENGTH, { ellipsis: '…' })).replace(/^/gm, '> ')}`;
    return `- ${namedLink(escapeLine(title), url)}${quote}`;
  });
  return {
    color: BLURPLE,
    title: isCited ? words.solvedBefore : words.alike,
    description: truncateMarkdown(lines.join('\n'), MAX_DESCRIPTION_LENGTH),
    ...(isCited ? { footer: { text: words.citedPost } } : {}),
  };
}

const LABELS = {
  'post-helped': 'helped',
  'post-not-yet': 'notYet',
  'post-team': 'team',
  'post-private': 'private',
} as const;

const press = (
  name: keyof typeof LABELS,
  words: Texts['forum'],
  style: ButtonStyle.Primary | ButtonStyle.Secondary | ButtonStyle.Success = ButtonStyle.Secondary,
) => button(customId(name), words.button[LABELS[name]], style);

const deciding = ({ mayAskTeam }: { mayAskTeam: boolean }, words: Texts['forum']) =>
  row(
    press('post-helped', words, ButtonStyle.Success),
    press('post-not-yet', words),
    ...(mayAskTeam ? [press('post-team', words)] : []),
    press('post-private', words),
  );

/** Several kinds as people say them, such as "a mail address or a phone number". */
function kindsInWords(kinds: readonly SecretKind[], { locale, forum }: Texts): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(kinds.map((kind) => forum.kinds[kind]));
}

/** Tells the author of a message what it seems to hold. `own`: their words, where they were taken away and only they read this. */
export function renderSecret(
  {
    kinds,
    removed,
    url,
    own,
  }: { kinds: readonly SecretKind[]; removed: boolean; url?: string; own?: string },
  locale: string | null,
): Body {
  const texts = textsFor(locale);
  const { forum: words } = texts;
  const said = kindsInWords(kinds, texts);
  const lines = [
    removed ? words.secretRemoved(said) : words.secret(said),
    ...(url === undefined ? [] : [words.secretIn(url)]),
    ...(own === undefined ? [] : [words.yourWords, escapeLines(own).replace(/^/gm, '> ')]),
  ];
  return {
    allowed_mentions: { parse: [] },
    content: truncateMarkdown(lines.join('\n'), DISCORD_MESSAGE_LIMIT),
  };
}

/** What moderators are told. */
export function renderReport(report: ForumReport, locale: string | null): Body {
  const texts = textsFor(locale);
  const { moderators: words } = texts.forum;
  const description =
    report.is === 'flood'
      ? words.flood(`<#${report.channelId}>`, report.posts)
      : report.is === 'no-solved-tag'
        ? words.noSolvedTag(`<#${report.channelId}>`)
        : report.is === 'incident'
          ? texts.incidents.moderators(
              report.caseNumber,
              escapeLine(report.title),
              report.members,
              Math.max(1, Math.round(report.withinMs / MINUTE_MS)),
            )
          : words[report.removed ? 'secretRemoved' : 'secret'](
              report.messageUrl,
              kindsInWords(report.kinds, texts),
            );
  return { allowed_mentions: { parse: [] }, embeds: [{ color: BLURPLE, description }] };
}
