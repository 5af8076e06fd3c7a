import { DISCORD_MESSAGE_LIMIT } from '@flexcord/shared/messages/split';
import { truncateMarkdown } from '@flexcord/shared/messages/truncate-markdown';
import { ButtonStyle, type ChatInputCommandInteraction, PermissionFlagsBits } from 'discord.js';
import { wantedChannels } from '../../community/server-plan.ts';
import { type Texts, textsFor } from '../../texts/index.ts';
import { button, row } from '../render/components.ts';
import { customId } from '../render/custom-id.ts';
import { isFault, type Problem } from '../servers/fitness.ts';
import type { ForumOutcome, ForumWish, SetUpForum } from '../servers/forum-setup.ts';
import type { Outcome, SetUp, SetupReport } from '../servers/setup.ts';
import { nameOf } from './command.ts';
import type { InteractionHandler } from './interaction-handler.ts';
import { forAdministrators } from './permissions.ts';
import type { Answer } from './responder.ts';

const MEND = customId('setup-mend');

/** `/setup`: builds or repairs a server, for administrators, and *Fix permissions* under what it says. */
export function createSetupCommand({
  setUp,
  setUpForum,
}: {
  setUp: SetUp;
  setUpForum: SetUpForum;
}): InteractionHandler {
  return {
    async answer(interaction, respond) {
      const isCommand = interaction.isChatInputCommand() && interaction.commandName === nameOf('setup');
      const isButton = interaction.isButton() && interaction.customId === MEND;
      if (!isCommand && !isButton) return false;
      const permitted = forAdministrators(interaction);
      if (permitted.is === 'refused') {
        await respond.reply(interaction, permitted.reason);
        return true;
      }
      if (isButton) await respond.acknowledge(interaction);
      else await respond.defer(interaction);
      const own = interaction.guild?.members.me?.permissions ?? interaction.appPermissions;
      const report = await setUp(permitted.guildId, own.bitfield, isButton ? 'all' : undefined);
      const wish = isCommand ? forumWishIn(interaction) : null;
      const mask = own.has(PermissionFlagsBits.Administrator) ? ~0n : own.bitfield;
      const forum = wish && (await setUpForum(permitted.guildId, wish, mask));
      await respond.complete(interaction, describe(report, forum, textsFor(interaction.locale)));
      return true;
    },
  };
}

const problemsIn = (outcome: Outcome): readonly Problem[] =>
  outcome.is === 'failed' ? [] : (outcome.problems ?? []);

/** Whether a help forum is asked for, too: with a rule, or with the forum to take. */
function forumWishIn({ options }: ChatInputCommandInteraction): ForumWish | null {
  const rule = options.getString(nameOf('forumRule')) as ForumWish['rule'] | null;
  const forumId = options.getChannel(nameOf('forum'))?.id ?? null;
  return rule === null && forumId === null ? null : { rule: rule ?? 'answer', forumId };
}

function describe({ channels, role, panel }: SetupReport, forum: ForumOutcome | null, texts: Texts): Answer {
  const words = texts.community.setup;
  const all = [...Object.values(channels), role, panel];
  const faults = all.flatMap(problemsIn).filter(isFault);
  const done = faults.length === 0 && all.every((outcome) => outcome.is !== 'failed');
  const content = [
    done ? words.done : words.unfinished,
    ...wantedChannels.flatMap(({ place, name }) =>
      lines(channels[place], `#${name}`, words, (id) => `<#${id}>`),
    ),
    ...lines(role, words.role, words, (id) => `<@&${id}>`),
    ...lines(panel, words.panel, words),
    ...(forum ? forumLines(forum, texts) : []),
  ].join('\n');
  return {
    content: truncateMarkdown(content, DISCORD_MESSAGE_LIMIT),
    components: faults.some(({ mendable }) => mendable)
      ? [row(button(MEND, words.mend, ButtonStyle.Primary))]
      : [],
  };
}

function forumLines(outcome: ForumOutcome, { forum, commands, community }: Texts): string[] {
  const words = forum.setup;
  if (outcome.is === 'failed') {
    const because = { 'no-community': words.noCommunity, 'by-operator': words.byOperator } as const;
    const { permissions, missingPermission, failed } = community.setup;
    const reason = outcome.because
      ? because[outcome.because]
      : outcome.missing
        ? missingPermission(permissions[outcome.missing])
        : failed;
    return [`❌ ${words.forum}: ${reason}`];
  }
  const rules = {
    watch: commands.ruleWatch,
    answer: commands.ruleAnswer,
    'answer-and-escalate': commands.ruleEscalate,
    person: commands.rulePerson,
  } as const;
  const note = { made: [`-# ${words.tagMade}`], there: [], 'no-room': [`-# ${words.noTag}`] } as const;
  return [`✅ <#${outcome.id}>: ${words[outcome.is](rules[outcome.rule].name)}`, ...note[outcome.tag]];
}

function lines(
  outcome: Outcome,
  name: string,
  words: Texts['community']['setup'],
  mention: (id: string) => string = () => name,
): string[] {
  if (outcome.is === 'failed') {
    const missing = outcome.missing && words.missingPermission(words.permissions[outcome.missing]);
    return [`❌ ${name}: ${(outcome.full && words.full[outcome.full]) ?? missing ?? words.failed}`];
  }
  const problems = problemsIn(outcome);
  const note = outcome.note ? ` (${words[outcome.note]})` : '';
  return [
    `${problems.some(isFault) ? '❌' : '✅'} ${mention(outcome.id)}: ${words[outcome.is]}${note}`,
    ...problems.map((problem) => `-# ${sentence(problem, words)}${remedy(problem, words)}`),
  ];
}

function sentence(problem: Problem, words: Texts['community']['setup']): string {
  switch (problem.is) {
    case 'lacking':
      return words.lacking(problem.permissions.map((each) => `*${words.permissions[each]}*`).join(', '));
    case 'hidden':
      return words.hidden;
    case 'partly':
      return words.partly(rolesIn(problem.roleIds));
    case 'open':
      return words.open(rolesIn(problem.roleIds));
    case 'powerless':
      return words.powerless;
  }
}

/** What is to be done about it, and by whom. */
function remedy(problem: Problem, words: Texts['community']['setup']): string {
  if (!isFault(problem)) return '';
  if (problem.mendable) return ` ${problem.is === 'hidden' ? words.mendShows : words.mendHere}`;
  return ` ${problem.is === 'powerless' ? words.askForRole : words.askForChannel}`;
}

/** As many roles as fit beside the rest. `@everyone` has the server's own id, which no mention shows. */
const MAX_ROLES_NAMED = 5;
const rolesIn = (ids: readonly string[]) =>
  ids
    .slice(0, MAX_ROLES_NAMED)
    .map((id) => `<@&${id}>`)
    .join(', ') + (ids.length > MAX_ROLES_NAMED ? ', …' : '');
