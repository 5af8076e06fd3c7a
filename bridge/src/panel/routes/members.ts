import {
  BlockMember,
  DiscordId,
  MemberNote,
  MemberNotes,
  MemberProfile,
  NewMemberNote,
  PastConversations,
  Transcript,
} from '@flexcord/shared/panel/member';
import { PanelProblem } from '@flexcord/shared/panel/problem';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { Type } from '@sinclair/typebox';
import { Elysia } from 'elysia';
import { pastConversations } from '../../members/history.ts';
import { block, findMember, unblock } from '../../members/members.ts';
import { addNote, deleteNote, editNote, notesOn } from '../../members/notes.ts';
import type { Authenticated } from '../auth.ts';
import type { PanelDependencies } from '../dependencies.ts';
import { notFound, Problem, refusals } from '../problem.ts';

const byId = Type.Object({ id: DiscordId });
const byNote = Type.Object({ id: DiscordId, noteId: Type.String({ pattern: '^[0-9]{1,15}$' }) });
const bySid = Type.Object({ id: Type.String({ maxLength: 64 }) });
const detail = (summary: string) => ({ detail: { summary, tags: ['Members'] } });

const refusedNote = (is: 'missing' | 'foreign'): Problem =>
  is === 'missing'
    ? notFound('This note')
    : new Problem('forbidden', 'Somebody else wrote this note. Only they can change or delete it.');

/** Profile, history and notes of a Discord member. */
export function memberRoutes(auth: Authenticated, dependencies: PanelDependencies) {
  const { store, conversations, profileOf, agentName, transcriptOf, showTyping, live } = dependencies;

  async function known(memberId: string): Promise<void> {
    if (!(await findMember(store.db, memberId))) throw notFound('This member');
  }

  async function changed(memberId: string): Promise<MemberProfile> {
    live.publish({ type: 'member-changed', memberId });
    const profile = await profileOf(memberId);
    if (!profile) throw notFound('This member');
    return profile;
  }

  return new Elysia({ name: 'panel-members' })
    .use(auth)
    .get(
      panelRoutes.member(':id'),
      async ({ params }) => {
        const profile = await profileOf(params.id);
        if (!profile) throw notFound('This member');
        return profile;
      },
      {
        params: byId,
        response: { 200: MemberProfile, 404: PanelProblem, ...refusals },
        ...detail('What is known of a member'),
      },
    )
    .post(
      panelRoutes.blockMember(':id'),
      async ({ params, body, caller }) => {
        const by = await agentName(caller.identity);
        if (!(await block(store, params.id, by, body.reason?.trim() || null))) throw notFound('This member');
        return changed(params.id);
      },
      {
        params: byId,
        body: BlockMember,
        response: { 200: MemberProfile, 404: PanelProblem, 422: PanelProblem, ...refusals },
        ...detail('Blocks a member: what they write goes nowhere, and they are told so once'),
      },
    )
    .post(
      panelRoutes.unblockMember(':id'),
      async ({ params }) => {
        if (!(await unblock(store, params.id))) throw notFound('This member');
        return changed(params.id);
      },
      {
        params: byId,
        response: { 200: MemberProfile, 404: PanelProblem, ...refusals },
        ...detail('Serves a member again'),
      },
    )
    .post(
      panelRoutes.agentTyping(':id'),
      async ({ params, set }) => {
        const conversation = await conversations.findByTwilioSid(params.id);
        if (!conversation || conversation.phase === 'closed') throw notFound('This conversation');
        await showTyping(conversation);
        set.status = 204;
      },
      {
        params: bySid,
        response: { 204: Type.Void(), 404: PanelProblem, ...refusals },
        ...detail('Shows the member that the agent is writing'),
      },
    )
    .get(
      panelRoutes.conversations(':id'),
      async ({ params, query }) => {
        await known(params.id);
        const page = await pastConversations(store, params.id, query.cursor);
        if (page.is !== 'done') throw new Problem('invalid', 'The cursor is not one that this API gave out.');
        return { conversations: page.conversations, nextCursor: page.nextCursor };
      },
      {
        params: byId,
        query: Type.Object({ cursor: Type.Optional(Type.String({ maxLength: 100 })) }),
        response: { 200: PastConversations, 404: PanelProblem, 422: PanelProblem, ...refusals },
        ...detail('Conversations of a member, newest first'),
      },
    )
    .get(
      panelRoutes.notes(':id'),
      async ({ params }) => {
        await known(params.id);
        return { notes: await notesOn(store, params.id) };
      },
      {
        params: byId,
        response: { 200: MemberNotes, 404: PanelProblem, ...refusals },
        ...detail("The team's notes on a member, newest first"),
      },
    )
    .post(
      panelRoutes.notes(':id'),
      async ({ params, body, caller }) => {
        await known(params.id);
        const name = await agentName(caller.identity);
        const note = await addNote(store, params.id, body.text, { identity: caller.identity, name });
        live.publish({ type: 'notes-changed', memberId: params.id });
        return note;
      },
      {
        params: byId,
        body: NewMemberNote,
        response: { 200: MemberNote, 404: PanelProblem, 422: PanelProblem, ...refusals },
        ...detail('Notes something on a member'),
      },
    )
    .post(
      panelRoutes.note(':id', ':noteId'),
      async ({ params: { id, noteId }, body, caller }) => {
        const edited = await editNote(store, id, Number(noteId), body.text, caller.identity);
        if (edited.is !== 'done') throw refusedNote(edited.is);
        live.publish({ type: 'notes-changed', memberId: id });
        return edited.note;
      },
      {
        params: byNote,
        body: NewMemberNote,
        response: { 200: MemberNote, 404: PanelProblem, 422: PanelProblem, ...refusals },
        ...detail('Changes a note, for its author'),
      },
    )
    .post(
      panelRoutes.noteDeletion(':id', ':noteId'),
      async ({ params: { id, noteId }, caller, set }) => {
        const deleted = await deleteNote(store, id, Number(noteId), caller.identity);
        if (deleted.is !== 'done') throw refusedNote(deleted.is);
        live.publish({ type: 'notes-changed', memberId: id });
        set.status = 204;
      },
      {
        params: byNote,
        response: { 204: Type.Void(), 404: PanelProblem, ...refusals },
        ...detail('Deletes a note, for its author'),
      },
    )
    .get(
      panelRoutes.transcript(':id'),
      async ({ params }) => {
        const conversation = await conversations.findByTwilioSid(params.id);
        const messages = conversation && (await transcriptOf(conversation));
        if (!messages) throw notFound('This conversation');
        return { messages };
      },
      {
        params: bySid,
        response: { 200: Transcript, 404: PanelProblem, ...refusals },
        ...detail('What was said in a conversation, oldest first; its newest 500 messages'),
      },
    );
}
