import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import type { PanelEvent } from '@flexcord/shared/panel/events';
import type { MemberProfile } from '@flexcord/shared/panel/member';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { openEvents } from '../../../testing/event-stream.ts';
import { type Chat, startChat } from '../../../testing/panel-bridge.ts';
import { storeKinds, type TestPlace } from '../../../testing/stores.ts';

for (const kind of storeKinds) {
  describe(`live events on ${kind.name}`, () => {
    let place: TestPlace;
    let chat: Chat;

    beforeAll(async () => {
      place = await kind.make();
      chat = await startChat(place);
    });
    afterAll(async () => {
      await chat?.stop();
      await place?.drop();
    });

    const open = ({ token = chat.token, lastId }: { token?: string; lastId?: string } = {}) =>
      openEvents(chat.url, token, lastId);
    const note = (text: string) => chat.post(panelRoutes.notes(chat.ada.id), { text });

    test('publishes changes to other agents at once', async () => {
      const stream = await open();
      expect(stream.response.headers.get('content-type')).toContain('text/event-stream');
      expect(stream.response.headers.get('access-control-allow-origin')).toBe('https://flex.twilio.com');
      const memberId = chat.ada.id;
      await note('one');
      expect((await stream.until('notes-changed')).event).toEqual({ type: 'notes-changed', memberId });
      const { body } = await chat.post<{ id: string }>(panelRoutes.cases, {
        memberId,
        title: 'x',
        description: '',
        type: 'support',
        priority: 'normal',
        tags: [],
        fields: {},
        source: null,
      });
      expect((await stream.until('case-changed')).event).toEqual({
        type: 'case-changed',
        memberId,
        caseId: body.id,
      });
      await chat.ada.dm('And how do I change my e-mail address?');
      // Lists of cases say since when the member waits.
      expect((await stream.until('case-changed')).event).toEqual({
        type: 'case-changed',
        memberId,
        caseId: '1',
      });
      expect((await stream.until('suggestions-changed')).event).toEqual({
        type: 'suggestions-changed',
        conversationSid: chat.conversationSid,
      });
      stream.close();
    });

    test('shows agents that a member types, edits, deletes and leaves the server', async () => {
      const stream = await open();
      const next = async () => (await stream.until('activity')).event;
      const activity = (activity: string, memberName = 'Ada') => ({
        type: 'activity',
        conversationSid: chat.conversationSid,
        memberName,
        activity,
      });
      chat.ada.typing();
      expect(await next()).toEqual(activity('typing') as PanelEvent);
      const sent = await chat.ada.dm('My name is Adda');
      await chat.ada.edit(sent, 'My name is Ada');
      expect(await next()).toEqual(activity('edited') as PanelEvent);
      await chat.ada.delete(sent);
      expect(await next()).toEqual(activity('deleted') as PanelEvent);

      chat.guild.leave(chat.ada);
      const { body } = await chat.get<MemberProfile>(panelRoutes.member(chat.ada.id));
      expect(body.joinedServerAt).toBeNull();
      expect(await next()).toEqual(activity('left-server') as PanelEvent);
      chat.agent.send(chat.conversationSid, 'Are you still there?');
      expect(await next()).toEqual(activity('left-server') as PanelEvent);
      chat.guild.join(chat.ada);
      // Nobody whom the bot meets nowhere can be written to.
      chat.guild.removeBot();
      expect(await next()).toEqual(activity('left-server') as PanelEvent);
      chat.guild.addBot();
      stream.close();
    });

    test('replays what a returning reader missed, in order and once', async () => {
      const stream = await open();
      await note('before');
      const { id } = await stream.until('notes-changed');
      stream.close();
      await note('missed 1');
      await note('missed 2');
      const again = await open({ lastId: id });
      const missed = [await again.next(), await again.next()];
      expect(missed.map((heard) => heard?.event.type)).toEqual(['notes-changed', 'notes-changed']);
      expect(new Set([id, ...missed.map((heard) => heard?.id)]).size).toBe(3);
      await note('after');
      expect((await again.next())?.event.type).toBe('notes-changed');
      again.close();
    });

    test('sends resync to a reader whose place is lost', async () => {
      const stream = await open({ lastId: 'of-another-run' });
      expect((await stream.next())?.event).toEqual({ type: 'resync' });
      stream.close();
    });

    test('ends a stream when its token expires', async () => {
      const stream = await open({ token: chat.twilio.issueToken(chat.agent, { expiresIn: 3 }) });
      expect(stream.response.status).toBe(200);
      let heard = await stream.next();
      while (heard) heard = await stream.next();
      expect(heard).toBeNull();
    });

    test('ends all streams when the bridge stops', async () => {
      const stream = await open();
      await chat.stop();
      expect(await stream.next().catch(() => null)).toBeNull();
    });
  });
}
