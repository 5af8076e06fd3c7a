import {
  type APIActionRowComponent,
  type APIButtonComponent,
  ButtonStyle,
  ComponentType,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord.js';
import { NONE } from '../../assistant/virtual-agent.ts';
import type { ArticleCard, Notice } from '../../messages/notices.ts';
import { barredText } from '../../support/barriers/words.ts';
import type { Press } from '../../support/member-events.ts';
import { type Texts, textsFor } from '../../texts/index.ts';
import { renderMoved } from './case.ts';
import { BLURPLE } from './colours.ts';
import { customId } from './custom-id.ts';
import { plain } from './plain.ts';
import { renderEnd } from './rating.ts';

/** https://docs.discord.com/developers/resources/message#embed-object-embed-limits */
const TITLE_LIMIT = 256;

const PRESS_PREFIX = 'flexcord:';

/** The custom id of a button of the bot's. */
export const pressId = (press: Press, about?: number | string) =>
  `${PRESS_PREFIX}${press}${about === undefined ? '' : `:${about}`}`;

/** What a custom id stands for, and the case or the choice that it is about; null for one that is not ours. */
export function pressOf(customId: string): { press: Press; caseNumber?: number; choice?: string } | null {
  if (!customId.startsWith(PRESS_PREFIX)) return null;
  const [name, about] = customId.slice(PRESS_PREFIX.length).split(':');
  const press = (['person', 'ask', 'cases', 'solved', 'case-solved', 'choose'] as const).find(
    (known) => known === name,
  );
  if (!press) return null;
  if (about === undefined) return { press };
  return press === 'choose' ? { press, choice: about } : { press, caseNumber: Number(about) };
}

/** A notice as a Discord message, in the member's language. */
export function renderNotice(notice: Notice, locale: string | null): RESTPostAPIChannelMessageJSONBody {
  const texts = textsFor(locale);
  // No mention in a message of the bridge's pings anybody.
  return { allowed_mentions: { parse: [] }, ...body(notice, texts) };
}

function body(notice: Notice, texts: Texts): RESTPostAPIChannelMessageJSONBody {
  switch (notice.is) {
    case 'greeting':
      return { content: texts.greeting(notice.name), components: buttons(texts, 'ask', 'cases', 'person') };
    case 'ask-away':
      return { content: texts.askAway };
    case 'articles':
      return {
        content: notice.sure ? texts.articlesSure : texts.articlesUnsure,
        embeds: notice.articles.map(articleCard),
        components: buttons(texts, 'solved', 'person'),
      };
    case 'written':
      return {
        content: notice.text,
        embeds: [
          {
            color: BLURPLE,
            title: texts.assistant.sources,
            description: notice.articles
              .map(({ title, url }, at) => `[${at + 1}] ${url ? `[${plain(title)}](${url})` : plain(title)}`)
              .join('\n'),
          },
        ],
        components: buttons(texts, 'solved', 'person'),
      };
    case 'which':
      return { content: texts.assistant.which, components: choiceButtons(texts, notice.choices) };
    case 'about':
      return { content: texts.assistant.about, components: buttons(texts, 'ask', 'person') };
    case 'no-answer':
      return { content: texts.noAnswer, components: buttons(texts, 'person') };
    case 'welcome':
      return { content: texts.welcome };
    case 'transfer':
      return { embeds: [{ color: BLURPLE, description: texts.transfer(notice.caseNumber, notice.ahead) }] };
    case 'barred':
      return {
        embeds: [{ color: BLURPLE, description: barredText(notice, discordTime, texts) }],
        components: notice.barrier.is === 'closed-hours' ? buttons(texts, 'cases') : [],
      };
    case 'blocked':
      return { content: texts.blocked };
    case 'still-waiting':
      return { embeds: [{ color: BLURPLE, description: texts.stillWaiting(notice.caseNumber) }] };
    case 'joined':
      return { content: `-# ${texts.joined(plain(notice.name))}` };
    case 'left':
      return { content: `-# ${texts.left(plain(notice.name))}` };
    case 'solved':
      return notice.conversationId === undefined
        ? { content: texts.solved }
        : renderEnd(texts.solved, notice.conversationId, texts);
    case 'ended':
      return renderEnd(texts.ended(notice.caseNumber), notice.conversationId, texts);
    case 'still-there':
      return { content: texts.stillThere };
    case 'closed-quiet':
      return renderEnd(texts.closedQuiet(notice.caseNumber), notice.conversationId, texts);
    case 'cases':
      return notice.cases.length === 0
        ? { content: texts.noCases }
        : {
            embeds: [
              {
                color: BLURPLE,
                title: texts.cases,
                description: notice.cases
                  .map(
                    ({ number, title, status }) =>
                      `**#${number}** · ${texts.caseStatus[status] ?? status} · ${plain(title)}`,
                  )
                  .join('\n')
                  .slice(0, 4000),
              },
            ],
          };
    case 'article':
      return { embeds: [articleCard(notice.article)] };
    case 'case-comment':
      return {
        embeds: [
          {
            ...caseCard(notice, texts),
            // An agent writes Markdown on purpose, as in a chat.
            description: notice.text,
            footer: { text: notice.author.slice(0, TITLE_LIMIT) },
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
      return renderMoved(notice, texts);
    case 'undelivered':
      return { content: `-# ${texts.undelivered(notice.reason)}` };
  }
}

/** Discord shows it in the reader's own language and zone (https://docs.discord.com/developers/reference#message-formatting). */
const discordTime = (at: number) => `<t:${Math.floor(at / 1000)}:f> (<t:${Math.floor(at / 1000)}:R>)`;

function caseCard({ caseNumber, title }: { caseNumber: number; title: string }, texts: Texts) {
  return { color: BLURPLE, title: texts.caseTitle(caseNumber, plain(title)).slice(0, TITLE_LIMIT) };
}

function articleCard({ title, extract, url }: ArticleCard) {
  return {
    color: BLURPLE,
    title: title.slice(0, TITLE_LIMIT),
    description: extract,
    ...(url ? { url } : {}),
  };
}

type Row = APIActionRowComponent<APIButtonComponent>;

const buttons = (texts: Texts, ...presses: Press[]): Row[] => [
  { type: ComponentType.ActionRow, components: presses.map((press) => button(texts, press)) },
];

const checkInButtons = (texts: Texts, caseNumber: number): Row[] => [
  {
    type: ComponentType.ActionRow,
    components: [
      button(texts, 'case-solved', caseNumber),
      {
        type: ComponentType.Button,
        style: ButtonStyle.Secondary,
        label: texts.community.notYet,
        custom_id: customId('unsolved', caseNumber),
      },
      button(texts, 'person'),
    ],
  },
];

/** https://docs.discord.com/developers/components/reference#button */
const LABEL_LIMIT = 80;

const choiceButtons = (texts: Texts, choices: { key: string; title: string }[]): Row[] => [
  {
    type: ComponentType.ActionRow,
    components: choices.map(({ key, title }) => ({
      type: ComponentType.Button,
      style: ButtonStyle.Secondary,
      label: title.length <= LABEL_LIMIT ? title : `${title.slice(0, LABEL_LIMIT - 1).toWellFormed()}…`,
      custom_id: pressId('choose', key),
    })),
  },
  {
    type: ComponentType.ActionRow,
    components: [button(texts, 'choose', NONE), button(texts, 'person')],
  },
];

const button = (texts: Texts, press: Press, about?: number | string): APIButtonComponent => ({
  type: ComponentType.Button,
  style: press === 'person' ? ButtonStyle.Primary : ButtonStyle.Secondary,
  label: texts.button[press],
  custom_id: pressId(press, about),
});
