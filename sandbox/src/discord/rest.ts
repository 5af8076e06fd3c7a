import type { APIInteractionResponse } from 'discord-api-types/v10';
import { ChannelType } from 'discord-api-types/v10';
import { Elysia } from 'elysia';
import { deleteCommand, listCommands, replaceCommands, upsertCommand } from './commands.ts';
import {
  ApiError,
  invalidForm,
  missingAccess,
  unauthorized,
  unknownGuild,
  unknownMember,
  unknownUser,
} from './errors.ts';
import type { Interactions } from './interactions.ts';
import {
  channelOf,
  createMessage,
  deleteMessage,
  editMessage,
  eventOf,
  listMessages,
  messageOf,
  type Upload,
} from './messages.ts';
import { guildResponse, withFreshLinks } from './payloads.ts';
import { addToThread, deleteChannel, isThread, openThread } from './threads.ts';
import type { ChannelRecord, World } from './world.ts';

export interface RestOptions {
  world: World;
  interactions: Interactions;
  token: string;
  gatewayUrl: () => string;
  baseUrl: () => string;
}

/** REST v10 without its prefix; Discord's errors become its answers. */
export function createRest({ world, interactions, token, gatewayUrl, baseUrl }: RestOptions) {
  const fresh = (message: Parameters<typeof withFreshLinks>[1]) => withFreshLinks(baseUrl(), message);
  const me = () => world.bot.user;

  /** A channel that the bot may see. */
  function visible(id: string): ChannelRecord {
    const record = channelOf(world, id);
    if (!record.guildId && !record.participants.has(world.applicationId)) throw missingAccess();
    return record;
  }

  /** Only the bot may use these; interactions carry their own token. */
  const authorised = new Elysia()
    .onBeforeHandle(({ request }) => {
      if (request.headers.get('authorization') !== `Bot ${token}`) throw unauthorized();
    })
    .get('/gateway/bot', () => ({
      url: gatewayUrl(),
      shards: 1,
      session_start_limit: { total: 1000, remaining: 999, reset_after: 86_400_000, max_concurrency: 1 },
    }))
    .get('/users/@me', () => ({ ...me(), mfa_enabled: true, locale: 'en-US', verified: true, bot: true }))
    .get('/users/:id', ({ params }) => {
      const user = world.users.get(params.id);
      if (!user) throw unknownUser();
      return user.user;
    })
    .post('/users/@me/channels', async ({ request }) => {
      const { recipient_id } = (await readBody(request)).json as { recipient_id?: string };
      if (!recipient_id || !world.users.has(recipient_id))
        throw invalidForm('recipient_id', 'NUMBER_TYPE_COERCE', 'Unknown user');
      return world.directChannel(recipient_id).channel;
    })
    .get('/oauth2/applications/@me', () => application())
    .get('/applications/@me', () => application())
    .get('/applications/:app/commands', () => listCommands(world, ''))
    .put('/applications/:app/commands', async ({ request }) =>
      replaceCommands(world, '', (await readBody(request)).json as never),
    )
    .post('/applications/:app/commands', async ({ request }) =>
      Response.json(upsertCommand(world, '', (await readBody(request)).json as never), { status: 201 }),
    )
    .delete('/applications/:app/commands/:id', ({ params }) => noContent(deleteCommand(world, '', params.id)))
    .get('/applications/:app/guilds/:guild/commands', ({ params }) => listCommands(world, params.guild))
    .put('/applications/:app/guilds/:guild/commands', async ({ params, request }) =>
      replaceCommands(world, params.guild, (await readBody(request)).json as never),
    )
    .get('/channels/:channel', ({ params }) => visible(params.channel).channel)
    .delete('/channels/:channel', ({ params }) => deleteChannel(world, visible(params.channel)))
    .post('/channels/:channel/threads', async ({ params, request }) => {
      const { json } = await readBody(request);
      return Response.json(openThread(world, visible(params.channel), json as never), { status: 201 });
    })
    .put('/channels/:channel/thread-members/:user', ({ params }) =>
      noContent(addToThread(world, visible(params.channel), params.user)),
    )
    .get('/channels/:channel/messages', ({ params, request }) =>
      listMessages(visible(params.channel), new URL(request.url).searchParams).map(fresh),
    )
    .get('/channels/:channel/messages/:message', ({ params }) =>
      fresh(messageOf(visible(params.channel), params.message)),
    )
    .post('/channels/:channel/messages', async ({ params, request }) => {
      const { json, uploads } = await readBody(request);
      return fresh(
        createMessage(world, visible(params.channel), world.applicationId, json as never, uploads),
      );
    })
    .patch('/channels/:channel/messages/:message', async ({ params, request }) => {
      const { json } = await readBody(request);
      return fresh(
        editMessage(world, visible(params.channel), params.message, world.applicationId, json as never),
      );
    })
    .delete('/channels/:channel/messages/:message', ({ params }) =>
      noContent(deleteMessage(world, visible(params.channel), params.message)),
    )
    .post('/channels/:channel/messages/:message/crosspost', ({ params }) => {
      const record = visible(params.channel);
      if (record.channel.type !== ChannelType.GuildAnnouncement)
        throw invalidForm('channel', 'INVALID', 'Not an announcement channel');
      const message = messageOf(record, params.message);
      message.flags = (message.flags ?? 0) | 1;
      world.announce('MESSAGE_UPDATE', eventOf(world, record, message), {
        channelId: params.channel,
        guildId: record.guildId,
      });
      return fresh(message);
    })
    .post('/channels/:channel/typing', ({ params }) => {
      const record = visible(params.channel);
      world.announce(
        'TYPING_START',
        {
          channel_id: params.channel,
          user_id: world.applicationId,
          timestamp: Math.floor(Date.now() / 1000),
        },
        { channelId: params.channel, guildId: record.guildId },
      );
      return noContent();
    })
    .put('/channels/:channel/messages/:message/reactions/:emoji/@me', ({ params }) =>
      noContent(
        react(
          world,
          visible(params.channel),
          params.message,
          world.applicationId,
          decodeURIComponent(params.emoji),
          true,
        ),
      ),
    )
    .delete('/channels/:channel/messages/:message/reactions/:emoji/@me', ({ params }) =>
      noContent(
        react(
          world,
          visible(params.channel),
          params.message,
          world.applicationId,
          decodeURIComponent(params.emoji),
          false,
        ),
      ),
    )
    .get('/guilds/:guild', ({ params }) => guildResponse(guildOf(world, params.guild)))
    .get('/guilds/:guild/channels', ({ params }) => {
      const { id } = guildOf(world, params.guild);
      return [...world.channels.values()]
        .filter((record) => record.guildId === id && !isThread(record))
        .map(({ channel }) => channel);
    })
    .get('/guilds/:guild/roles', ({ params }) => [...guildOf(world, params.guild).roles.values()])
    .get('/guilds/:guild/members/:user', ({ params }) => {
      const member = guildOf(world, params.guild).members.get(params.user);
      if (!member) throw unknownMember();
      return member;
    });

  const open = new Elysia()
    .get('/gateway', () => ({ url: gatewayUrl() }))
    .post('/interactions/:id/:token/callback', async ({ params, request }) => {
      const { json, uploads } = await readBody(request);
      const record = interactions.callback(
        params.id,
        params.token,
        json as unknown as APIInteractionResponse,
        uploads,
      );
      if (new URL(request.url).searchParams.get('with_response') !== 'true') return noContent();
      return {
        interaction: {
          id: record.id,
          type: record.type,
          ...(record.original ? { response_message_id: record.original.id } : {}),
        },
        ...(record.original
          ? { resource: { type: (json as { type: number }).type, message: fresh(record.original) } }
          : {}),
      };
    })
    .post('/webhooks/:app/:token', async ({ params, request }) => {
      const { json, uploads } = await readBody(request);
      return fresh(interactions.followUp(interactions.byToken(params.token), json as never, uploads));
    })
    .get('/webhooks/:app/:token/messages/:message', ({ params }) =>
      fresh(interactions.message(interactions.byToken(params.token), params.message)),
    )
    .patch('/webhooks/:app/:token/messages/:message', async ({ params, request }) => {
      const { json, uploads } = await readBody(request);
      const record = interactions.byToken(params.token);
      return fresh(
        params.message === '@original'
          ? interactions.editOriginal(record, json as never, uploads)
          : interactions.editMessage(record, params.message, json as never),
      );
    })
    .delete('/webhooks/:app/:token/messages/:message', ({ params }) =>
      noContent(interactions.deleteMessage(interactions.byToken(params.token), params.message)),
    );

  function application() {
    return {
      id: world.applicationId,
      name: 'Flexcord',
      icon: null,
      description: '',
      type: null,
      bot: me(),
      bot_public: true,
      bot_require_code_grant: false,
      verify_key: '0'.repeat(64),
      flags: 0,
      flags_new: '0',
      redirect_uris: [],
      interactions_endpoint_url: null,
      role_connections_verification_url: null,
      owner: me(),
      approximate_guild_count: world.guilds.size,
      approximate_user_install_count: 0,
      approximate_user_authorization_count: 0,
      explicit_content_filter: 0,
      team: null,
      eligible_oauth2_scopes: [],
    };
  }

  return new Elysia({ prefix: '/api/v10' })
    .use(authorised)
    .use(open)
    .onError(({ error, code }) => {
      if (error instanceof ApiError) return error.toResponse();
      if (code === 'NOT_FOUND') return Response.json({ message: '404: Not Found', code: 0 }, { status: 404 });
      console.error('discord stand-in:', error);
      return Response.json({ message: '500: Internal Server Error', code: 0 }, { status: 500 });
    });
}

export function guildOf(world: World, id: string) {
  const guild = world.guilds.get(id);
  if (!guild) throw unknownGuild();
  return guild;
}

/** Adds or takes back one user's reaction. */
export function react(
  world: World,
  record: ChannelRecord,
  messageId: string,
  userId: string,
  emoji: string,
  add: boolean,
): void {
  const message = messageOf(record, messageId);
  const reactions = (message.reactions ?? []) as {
    emoji: { id: null; name: string };
    count: number;
    me: boolean;
  }[];
  const found = reactions.find((reaction) => reaction.emoji.name === emoji);
  if (add && found) found.count += 1;
  else if (add)
    reactions.push({
      emoji: { id: null, name: emoji },
      count: 1,
      me: userId === world.applicationId,
      count_details: { normal: 1, burst: 0 },
      me_burst: false,
      burst_colors: [],
    } as never);
  else if (found) found.count -= 1;
  message.reactions = reactions.filter(({ count }) => count > 0) as never;
  world.announce(
    add ? 'MESSAGE_REACTION_ADD' : 'MESSAGE_REACTION_REMOVE',
    {
      user_id: userId,
      channel_id: record.channel.id,
      message_id: messageId,
      emoji: { id: null, name: emoji },
      burst: false,
      type: 0,
    },
    { channelId: record.channel.id, guildId: record.guildId },
  );
}

const noContent = (_done?: unknown) => new Response(null, { status: 204 });

/** JSON, or multipart with `payload_json` and `files[n]`. */
async function readBody(request: Request): Promise<{ json: Record<string, unknown>; uploads: Upload[] }> {
  const type = request.headers.get('content-type') ?? '';
  if (!type.startsWith('multipart/form-data')) {
    const text = await request.text();
    try {
      return { json: text ? JSON.parse(text) : {}, uploads: [] };
    } catch {
      throw new ApiError(400, 50109, 'The request body contains invalid JSON.');
    }
  }
  const form = await request.formData();
  const uploads: Upload[] = [];
  for (const [field, value] of form) {
    if (!field.startsWith('files[') || typeof value === 'string') continue;
    uploads.push({
      name: value.name,
      contentType: value.type || 'application/octet-stream',
      bytes: new Uint8Array(await value.arrayBuffer()),
    });
  }
  const payload = form.get('payload_json');
  return { json: typeof payload === 'string' ? JSON.parse(payload) : {}, uploads };
}
