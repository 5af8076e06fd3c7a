import { type APIApplicationCommand, ApplicationCommandType } from 'discord-api-types/v10';
import { DiscordError } from '../errors.ts';
import type { DiscordState } from '../state/state.ts';
import { checkCommand, readOptions } from '../validate/command.ts';
import { type Form, readForm } from '../validate/form.ts';
import { Reply, type RestContext, route } from './router.ts';

/** Commands of each type in one scope. https://docs.discord.com/developers/interactions/application-commands#registering-a-command */
const maxByType: Record<number, number> = { 1: 100, 2: 15, 3: 15, 4: 1 };

const global = '/applications/:application/commands';
const local = '/applications/:application/guilds/:guild/commands';

export const commandRoutes = [global, local].flatMap((path) => [
  route('GET', path, (context) =>
    [...scope(context).values()].map((c) => shown(c, context.query.get('with_localizations') === 'true')),
  ),
  route('PUT', path, overwrite),
  route('POST', path, create),
  route('GET', `${path}/:command`, (context) => find(context)),
  route('PATCH', `${path}/:command`, update),
  route('DELETE', `${path}/:command`, (context) => {
    scope(context).delete(find(context).id);
  }),
]);

function scope({ state, params }: RestContext): Map<string, APIApplicationCommand> {
  if (params.application !== state.applicationId) throw new DiscordError(10002);
  // As bots report it of servers that they are not in, or were invited to without commands.
  if (params.guild && !state.guilds.get(params.guild)?.members.has(state.bot.id))
    throw new DiscordError(50001);
  const key = params.guild ?? 'global';
  const commands = state.commands.get(key) ?? new Map<string, APIApplicationCommand>();
  state.commands.set(key, commands);
  return commands;
}

function find(context: RestContext): APIApplicationCommand {
  const command = scope(context).get(context.params.command ?? '');
  if (!command) throw new DiscordError(10063);
  return command;
}

function shown(command: APIApplicationCommand, localizations: boolean): APIApplicationCommand {
  if (localizations) return command;
  const { name_localizations: _names, description_localizations: _descriptions, ...rest } = command;
  return rest;
}

const sameCommand = (a: APIApplicationCommand, form: Form) =>
  a.name === form.value.name && a.type === (form.value.type ?? ApplicationCommandType.ChatInput);

function create(context: RestContext): unknown {
  const commands = scope(context);
  const form = readForm(context.body);
  checkCommand(form);
  form.check();
  const known = [...commands.values()].find((c) => sameCommand(c, form));
  const command = build(context, form, known);
  commands.set(command.id, command);
  checkCount(commands.values());
  return known ? command : new Reply(201, command);
}

function update(context: RestContext): unknown {
  const known = find(context);
  const form = readForm({ ...known, ...(readForm(context.body).value as object) });
  checkCommand(form);
  form.check();
  const command = build(context, form, known);
  scope(context).set(command.id, command);
  return command;
}

/** Bulk overwrite: commands that are not named vanish, known ones keep their ids. */
function overwrite(context: RestContext): unknown {
  const commands = scope(context);
  const list = readForm({ commands: context.body });
  const forms = list.list('commands').map((entry) => entry);
  for (const form of forms) checkCommand(form);
  const seen = new Set<string>();
  for (const form of forms) {
    const key = `${form.value.type ?? 1}:${form.value.name}`;
    if (seen.has(key)) {
      form.fail('name', 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique');
    }
    seen.add(key);
  }
  checkList(list);
  const known = [...commands.values()];
  const built = forms.map((form) =>
    build(
      context,
      form,
      known.find((c) => sameCommand(c, form)),
    ),
  );
  checkCount(built);
  commands.clear();
  for (const command of built) commands.set(command.id, command);
  return built;
}

/** Errors of a bulk overwrite are keyed by position, without the wrapper that `list` was read through. */
function checkList(list: Form): void {
  try {
    list.check();
  } catch (error) {
    if (!(error instanceof DiscordError)) throw error;
    throw new DiscordError(50035, (error.errors?.commands as Record<string, unknown>) ?? error.errors);
  }
}

function checkCount(commands: Iterable<APIApplicationCommand>): void {
  const counts: Record<number, number> = {};
  for (const { type } of commands) {
    counts[type] = (counts[type] ?? 0) + 1;
    if ((counts[type] ?? 0) > (maxByType[type] ?? 0)) throw new DiscordError(30032);
  }
}

function build(
  { state, params }: RestContext,
  form: Form,
  known?: APIApplicationCommand,
): APIApplicationCommand {
  const { value } = form;
  const options = readOptions(form);
  return {
    id: known?.id ?? state.nextId(),
    application_id: state.applicationId,
    version: version(state),
    default_member_permissions: (value.default_member_permissions as string | null | undefined) ?? null,
    type: (form.integer('type') ?? ApplicationCommandType.ChatInput) as ApplicationCommandType,
    name: String(value.name),
    name_localizations: (value.name_localizations as APIApplicationCommand['name_localizations']) ?? null,
    description: String(value.description ?? ''),
    description_localizations:
      (value.description_localizations as APIApplicationCommand['description_localizations']) ?? null,
    nsfw: value.nsfw === true,
    ...(options.length > 0 && { options }),
    ...(params.guild
      ? { guild_id: params.guild }
      : {
          dm_permission: value.dm_permission !== false,
          contexts: (value.contexts as APIApplicationCommand['contexts']) ?? null,
          integration_types: (value.integration_types as APIApplicationCommand['integration_types']) ?? [
            0, 1,
          ],
        }),
  } as APIApplicationCommand;
}

const version = (state: DiscordState) => state.nextId();
