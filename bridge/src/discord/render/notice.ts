import { DISCORD_MESSAGE_LIMIT } from '@flexcord/shared/messages/split';
import { truncate } from '@flexcord/shared/messages/truncate';
import { truncateMarkdown } from '@flexcord/shared/messages/truncate-markdown';
import { ButtonStyle, type RESTPostAPIChannelMessageJSONBody } from 'discord.js';
import { NONE } from '../../assistant/virtual-agent.ts';
import { escapeLine, escapeLines, namedLink } from '../../formats/markdown/escape.ts';
import { toDiscordMarkdown } from '../../formats/markdown/to-discord.ts';
import type { Notice } from '../../messages/notices.ts';
import { barredText } from '../../support/barriers/words.ts';
import type { ChatPress, Press } from '../../support/member-events.ts';
import { articlesText, rewordText } from '../../support/notice-text.ts';
import { type Texts, textsFor } from '../../texts/index.ts';
import { articleEmbed, readButtons } from './article.ts';
import { renderStatusChange } from './case.ts';
import { BLURPLE, GREEN, ORANGE } from './colours.ts';
import { button, row } from './components.ts';
import { customId } from './custom-id.ts';
import { incidentEmbed } from './incident.ts';
import { renderWithRating } from './rating.ts';

/** https://docs.discord.com/developers/resources/message#embed-object-embed-limits */
const MAX_TITLE_LENGTH = 256;
const MAX_DESCRIPTION_LENGTH = 4000;
/** Of the team's, before an answer in public. */
const MAX_NAME_LENGTH = 80;

/** A notice as a Discord message, in the member's language. */
export function renderNotice(notice: Notice, locale: string | null): RESTPostAPIChannelMessageJSONBody {
  const texts = textsFor(locale);
  // No mention in a message of the bridge's pings anybody.
  return { allowed_mentions: { parse: [] }, ...body(notice, texts) };
}

function body(notice: Notice, texts: Texts): RESTPostAPIChannelMessageJSONBody {
  switch (notice.is) {
    case 'greeting':
      return {
        content: texts.greeting(escapeLine(notice.name)),
        components: buttons(texts, 'ask', 'cases', 'person'),
      };
    case 'ask-away':
      return { content: texts.askAway };
    case 'articles':
      return {
        content: articlesText(notice, texts),
        embeds: notice.articles.map((article) => articleEmbed(article, texts)),
        components: [...readButtons(notice.articles, texts), ...buttons(texts, 'solved', 'person')],
      };
    case 'written':
      return {
        content: truncateMarkdown(
          toDiscordMarkdown(notice.text) ?? escapeLines(notice.text),
          DISCORD_MESSAGE_LIMIT,
        ),
        embeds: [
          {
            color: BLURPLE,
            title: texts.assistant.sources,
            description: notice.articles
              .map(
                ({ title, url }, at) =>
                  `[${at + 1}] ${url ? namedLink(escapeLine(title), url) : escapeLine(title)}`,
              )
              .join('\n'),
          },
        ],
        components: [...readButtons(notice.articles, texts), ...buttons(texts, 'solved', 'person')],
      };
    case 'which':
      return { content: texts.assistant.which, components: choiceButtons(texts, notice.choices) };
    case 'about':
      return { content: texts.assistant.about, components: buttons(texts, 'ask', 'person') };
    case 'no-answer':
      return { content: texts.noAnswer, components: buttons(texts, 'person') };
    case 'reword':
      return { content: rewordText(notice, texts), components: buttons(texts, 'person') };
    case 'offer-person':
      return { content: texts.assistant.offerPerson, components: buttons(texts, 'person') };
    case 'welcome':
      return { content: texts.welcome };
    case 'transfer':
      return {
        embeds: [{ color: BLURPLE, description: texts.transfer(notice.caseNumber, notice.ahead) }],
        components: chatButtons(texts, notice.conversationId, 'leave'),
      };
    case 'barred':
      return {
        embeds: [{ color: BLURPLE, description: barredText(notice, discordTime, texts) }],
        components: notice.barrier.is === 'closed-hours' ? buttons(texts, 'cases') : [],
      };
    case 'blocked':
      return { content: texts.blocked };
    case 'still-waiting':
      return {
        embeds: [{ color: BLURPLE, description: texts.stillWaiting(notice.caseNumber) }],
        components: chatButtons(texts, notice.conversationId, 'leave'),
      };
    case 'joined':
      return {
        content: `-# ${texts.joined(escapeLine(notice.name))}`,
        components: chatButtons(texts, notice.conversationId, 'end'),
      };
    case 'left':
      return { content: `-# ${texts.left(escapeLine(notice.name))}` };
    case 'solved':
      return notice.conversationId === undefined
        ? { content: texts.solved }
        : renderWithRating(texts.solved, notice.conversationId, texts);
    case 'ended':
      return renderWithRating(texts.ended(notice.caseNumber), notice.conversationId, texts);
    case 'still-there':
      return {
        content: texts.stillThere,
        components: chatButtons(texts, notice.conversationId, 'here', 'end'),
      };
    case 'take-your-time':
      return { content: texts.takeYourTime };
    case 'left-queue': {
      const { caseNumber, caseClosed } = notice;
      // Whoever only stopped waiting may have solved it; whoever withdrew it has said enough.
      const presses =
        caseNumber === null || caseClosed ? [] : [pressButton(texts, 'case-solved', caseNumber)];
      return {
        embeds: [{ color: BLURPLE, description: texts.leftQueue(caseNumber, caseClosed) }],
        components: [row(...presses, pressButton(texts, 'person'))],
      };
    }
    case 'in-chat':
      return { content: texts.inChat, components: chatButtons(texts, notice.conversationId, 'end') };
    case 'offer-to-leave':
      return { content: texts.offerToLeave, components: chatButtons(texts, notice.conversationId, 'leave') };
    case 'offer-to-end':
      return { content: texts.offerToEnd, components: chatButtons(texts, notice.conversationId, 'end') };
    case 'chat-over':
      return { content: texts.chatOver };
    case 'never-mind':
      return { content: texts.neverMind };
    case 'closed-quiet':
      return renderWithRating(texts.closedQuiet(notice.caseNumber), notice.conversationId, texts);
    case 'cases':
      return notice.cases.length === 0
        ? { content: texts.noCases }
        : {
            embeds: [
              {
                color: BLURPLE,
                title: texts.cases,
                description: truncateMarkdown(
                  notice.cases.map((each) => caseLine(each, texts)).join('\n'),
                  MAX_DESCRIPTION_LENGTH,
                ),
              },
            ],
          };
    case 'article':
      return {
        embeds: [
          {
            ...articleEmbed(notice.article, texts),
            ...(notice.by
              ? { author: { name: truncate(notice.by, MAX_TITLE_LENGTH, { ellipsis: '…' }) } }
              : {}),
          },
        ],
        components: readButtons([notice.article], texts),
      };
    case 'team-answer': {
      const name = `**${escapeLine(truncate(notice.by, MAX_NAME_LENGTH, { ellipsis: '…' }))}**`;
      const content = `${name}\n${toDiscordMarkdown(notice.text) ?? notice.text}`;
      // Whatever had to be escaped, an answer is sent as a whole.
      return { content: content.length <= DISCORD_MESSAGE_LIMIT ? content : `${name}\n${notice.text}` };
    }
    case 'case-comment':
      return {
        embeds: [
          {
            ...caseCard(notice, texts),
            // An agent writes Markdown on purpose, as in a chat.
            description: truncateMarkdown(
              toDiscordMarkdown(notice.text) ?? escapeLines(notice.text),
              MAX_DESCRIPTION_LENGTH,
            ),
            footer: { text: truncate(notice.author, MAX_TITLE_LENGTH, { ellipsis: '…' }) },
          },
        ],
      };
    case 'case-check-in':
      return {
        embeds: [{ ...caseCard(notice, texts), description: texts.caseCheckIn }],
        components: checkInButtons(texts, notice.caseNumber),
      };
    case 'case-moved':
    case 'followed-case-moved':
      return renderStatusChange(notice, texts);
    case 'incident':
      return {
        embeds: [{ ...incidentEmbed(notice, ORANGE), footer: { text: texts.incidents.known } }],
        components: buttons(texts, 'person'),
      };
    case 'incident-over':
      return { embeds: [incidentEmbed(notice, GREEN)] };
    case 'undelivered':
      return { content: `-# ${texts.undelivered(notice.reason)}` };
    case 'discarded':
      return { content: `-# ${texts.discarded}` };
    case 'delayed':
      return { content: `-# ${texts.delayed}` };
  }
}

/** Discord shows it in the reader's own language and zone (https://docs.discord.com/developers/reference#message-formatting). */
const discordTime = (at: number) => `<t:${Math.floor(at / 1000)}:f> (<t:${Math.floor(at / 1000)}:R>)`;

const caseLine = (
  { number, title, status }: { number: number; title: string; status: string },
  texts: Texts,
) => `**#${number}** · ${texts.caseStatus[status] ?? status} · ${escapeLine(title)}`;

function caseCard({ caseNumber, title }: { caseNumber: number; title: string }, texts: Texts) {
  return {
    color: BLURPLE,
    title: truncateMarkdown(texts.caseTitle(caseNumber, escapeLine(title)), MAX_TITLE_LENGTH),
  };
}

const buttons = (texts: Texts, ...presses: Press[]) => [
  row(...presses.map((press) => pressButton(texts, press))),
];

const checkInButtons = (texts: Texts, caseNumber: number) => [
  row(
    pressButton(texts, 'case-solved', caseNumber),
    button(customId('unsolved', caseNumber), texts.community.notYet),
    pressButton(texts, 'person'),
  ),
];

/** None under what an earlier version journalled, which names no conversation. */
const chatButtons = (texts: Texts, conversationId: string | undefined, ...presses: ChatPress[]) =>
  conversationId === undefined
    ? []
    : [row(...presses.map((press) => pressButton(texts, press, conversationId)))];

const choiceButtons = (texts: Texts, choices: readonly { key: string; title: string }[]) => [
  row(...choices.map(({ key, title }) => button(customId('choose', key), title))),
  row(pressButton(texts, 'choose', NONE), pressButton(texts, 'person')),
];

const pressButton = (texts: Texts, press: Press, ...about: (number | string)[]) =>
  button(
    customId(press, ...about),
    texts.button[press],
    press === 'person' ? ButtonStyle.Primary : ButtonStyle.Secondary,
  );
