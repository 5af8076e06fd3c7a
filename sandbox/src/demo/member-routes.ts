import { Elysia, t } from 'elysia';
import type { DiscordUser, FileInput, InteractionView, ModalValue } from '../discord/index.ts';
import { type MemberKey, memberKeys } from './people.ts';
import type { pickedFiles } from './uploads.ts';
import type { Outcome } from './view.ts';
import type { World } from './world.ts';

const text = t.String({ maxLength: 2000 });
const id = t.String({ maxLength: 200 });
/** Values of a command's options by name. */
const options = t.Record(
  t.String({ maxLength: 32 }),
  t.Union([t.String({ maxLength: 6000 }), t.Number(), t.Boolean()]),
);

/**
 * What a member does in their client, under `/members/:member`: each route is one call of the sandbox's Discord driver.
 * Answers 204, an `Outcome` or suggestions; 400 with a sentence where Discord or its client would refuse.
 */
export function memberRoutes(world: () => World, files: ReturnType<typeof pickedFiles>) {
  const done = () => new Response(null, { status: 204 });

  /** Resolves when the application has answered, or its time is over. */
  async function settle(view: InteractionView): Promise<Outcome> {
    await view.waitFor();
    if (view.modal) world().keepForm(view);
    return {
      form: view.modal ? { ...view.modal, interactionId: view.id } : null,
      failed: view.status === 'failed',
    };
  }

  return new Elysia({ prefix: '/members/:member' })
    .guard({ params: t.Object({ member: t.UnionEnum(memberKeys) }) })
    .resolve(({ params }) => ({ member: memberOf(world(), params.member as MemberKey) }))
    .post(
      '/say',
      ({ member, body: { channelId, content, replyTo, uploads = [], voice, poll } }) => {
        const attachments = files.take(uploads).map((file): FileInput => ({ ...file, ...voice }));
        member.say(channelId, content, { attachments, replyTo, voice: voice !== undefined, poll });
        return done();
      },
      {
        body: t.Object({
          channelId: id,
          content: text,
          replyTo: t.Optional(id),
          uploads: t.Optional(t.Array(id, { maxItems: 10 })),
          voice: t.Optional(t.Object({ durationSecs: t.Number(), waveform: t.String({ maxLength: 400 }) })),
          poll: t.Optional(
            t.Object({
              question: t.String({ minLength: 1, maxLength: 300 }),
              answers: t.Array(t.String({ minLength: 1, maxLength: 55 }), { minItems: 1, maxItems: 10 }),
            }),
          ),
        }),
      },
    )
    .post('/post', ({ member, body: { channelId, ...post } }) => ({ id: member.post(channelId, post) }), {
      body: t.Object({
        channelId: id,
        title: t.String({ minLength: 1, maxLength: 100 }),
        content: text,
        tags: t.Array(t.String({ maxLength: 20 }), { maxItems: 5 }),
      }),
    })
    .post(
      '/edit',
      ({ member, body }) => {
        member.edit(body.messageId, body.content);
        return done();
      },
      { body: t.Object({ messageId: id, content: text }) },
    )
    .post(
      '/delete',
      ({ member, body }) => {
        member.delete(body.messageId);
        return done();
      },
      { body: t.Object({ messageId: id }) },
    )
    .post(
      '/react',
      ({ member, body: { messageId, emoji, on } }) => {
        if (on) member.react(messageId, emoji);
        else member.unreact(messageId, emoji);
        return done();
      },
      { body: t.Object({ messageId: id, emoji: t.String({ maxLength: 60 }), on: t.Boolean() }) },
    )
    .post(
      '/typing',
      ({ member, body }) => {
        member.typing(body.channelId);
        return done();
      },
      { body: t.Object({ channelId: id }) },
    )
    .post(
      '/command',
      ({ member, body }) => settle(member.slash(body.name, body.options, placeOf(member, body.channelId))),
      { body: t.Object({ channelId: id, name: t.String({ maxLength: 100 }), options }) },
    )
    .post(
      '/autocomplete',
      async ({ member, body: { name, options: given, focused, channelId } }) => {
        const view = member.autocomplete(name, given, focused, placeOf(member, channelId));
        await view.waitFor();
        return view.choices;
      },
      { body: t.Object({ channelId: id, name: t.String({ maxLength: 100 }), options, focused: id }) },
    )
    .post('/menu', ({ member, body }) => settle(member.contextMenu(body.messageId, body.name)), {
      body: t.Object({ messageId: id, name: t.String({ maxLength: 100 }) }),
    })
    .post('/click', ({ member, body }) => settle(member.click(body.messageId, body.customId)), {
      body: t.Object({ messageId: id, customId: id }),
    })
    .post(
      '/select',
      ({ member, body }) => settle(member.select(body.messageId, body.customId, body.values)),
      {
        body: t.Object({ messageId: id, customId: id, values: t.Array(id, { maxItems: 25 }) }),
      },
    )
    .post(
      '/form',
      ({ member, body: { interactionId, fields, uploads } }) => {
        const opener = world().forms.get(interactionId);
        if (!opener) throw new Error('That form was opened too long ago. Open it again.');
        const values: Record<string, ModalValue> = { ...fields };
        for (const [name, ids] of Object.entries(uploads)) values[name] = files.take(ids);
        return settle(member.submitModal(opener, values));
      },
      {
        body: t.Object({
          interactionId: id,
          fields: t.Record(id, t.Union([t.String({ maxLength: 4000 }), t.Boolean(), t.Array(id)])),
          /** By field: ids of files that were picked. */
          uploads: t.Record(id, t.Array(id, { maxItems: 10 })),
        }),
      },
    );
}

const memberOf = (world: World, key: MemberKey): DiscordUser => world.members[key];

const placeOf = (member: DiscordUser, channelId: string) =>
  channelId === member.dmChannelId ? { dm: true } : { channel: channelId };
