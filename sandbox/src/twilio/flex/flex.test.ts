import { afterEach, expect, test } from 'bun:test';
import { manualClock } from '../clock.ts';
import type { Agent, Twilio } from '../index.ts';
import {
  openConversation,
  openInteraction,
  registerInteractionWebhook,
  sdkFor,
  start,
  stopAll,
} from '../testing.ts';

afterEach(stopAll);

/** A conversation that `agent` has accepted. */
async function accepted(twilio: Twilio, hookUrl: string, agent: Agent) {
  const conversationSid = await openConversation(twilio, hookUrl);
  await registerInteractionWebhook(twilio, `${hookUrl}/flex`);
  await openInteraction(twilio, conversationSid);
  const task = await agent.accept(await agent.waitForReservation());
  return { conversationSid, task };
}

test('ending a chat closes channel and conversation, and completing it completes the task', async () => {
  const { twilio, hooks, sdk } = await start();
  const kim = twilio.createAgent({ identity: 'kim', fullName: 'Kim' });
  const { conversationSid, task } = await accepted(twilio, hooks.url, kim);
  kim.endChat(task);
  const state = await hooks.next(({ fields }) => fields.EventType === 'onConversationStateUpdated');
  expect(state.fields).toMatchObject({ StateFrom: 'active', StateTo: 'closed', Reason: 'EVENT' });
  const left = await hooks.next(
    ({ fields }) => fields.EventType === 'onParticipantLeft' && fields.ParticipantType === 'agent',
  );
  expect(left.fields).toMatchObject({ TaskSid: task.sid, MediaChannelSid: conversationSid });
  await hooks.next(
    ({ fields }) => fields.EventType === 'onChannelStatusUpdated' && fields.ChannelStatus === 'closed',
  );
  const fetchTask = () => sdk.taskrouter.v1.workspaces(twilio.workspaceSid).tasks(task.sid).fetch();
  expect((await fetchTask()).assignmentStatus).toBe('wrapping');
  expect(kim.tasks()).toMatchObject([{ sid: task.sid, status: 'wrapping', channelStatus: 'closed' }]);
  kim.complete(task);
  expect((await fetchTask()).assignmentStatus).toBe('completed');
  expect(kim.tasks()).toEqual([]);
  expect((await sdk.conversations.v1.conversations(conversationSid).fetch()).state).toBe('closed');
});

test('a new task is created on the same conversation when the member writes after the agent left', async () => {
  const { twilio, hooks, sdk } = await start();
  const kim = twilio.createAgent({ identity: 'kim', fullName: 'Kim' });
  const { conversationSid, task } = await accepted(twilio, hooks.url, kim);
  kim.leave(task);
  expect(kim.tasks()).toMatchObject([{ sid: task.sid, status: 'wrapping', channelStatus: 'inactive' }]);
  kim.complete(task);
  const conversation = sdk.conversations.v1.conversations(conversationSid);
  expect((await conversation.participants.list()).map(({ identity }) => identity)).toEqual(['discord_1']);
  await conversation.messages.create({ author: 'system', body: 'a note of the bridge' });
  expect(kim.reservations()).toEqual([]);
  await conversation.messages.create({ author: 'discord_1', body: 'One more thing' });
  const offer = await kim.waitForReservation();
  expect(offer.task).toMatchObject({
    conversationSid,
    channelStatus: 'active',
    interactionSid: task.interactionSid,
  });
  expect(offer.task.sid).not.toBe(task.sid);
  await kim.accept(offer);
  kim.send(conversationSid, 'Yes?');
  await hooks.next(({ fields }) => fields.Body === 'Yes?');
});

test('a declined offer goes to another agent, and a transfer leaves the first agent in wrap-up', async () => {
  const { twilio, hooks } = await start();
  const kim = twilio.createAgent({ identity: 'kim', fullName: 'Kim' });
  const conversationSid = await openConversation(twilio, hooks.url);
  const interaction = await openInteraction(twilio, conversationSid);
  const first = await kim.waitForReservation();
  const lee = twilio.createAgent({ identity: 'lee', fullName: 'Lee' });
  kim.reject(first);
  const task = await lee.accept(await lee.waitForReservation(({ task }) => task.sid === first.task.sid));
  expect(kim.reservations()).toEqual([]);

  lee.transfer(task, kim);
  expect(() => lee.send(conversationSid, 'too late')).toThrow('lee is not in');
  const handed = await kim.waitForReservation();
  expect(handed.task.attributes).toMatchObject({ conversationSid, customerName: 'Ada' });
  await kim.accept(handed);
  lee.complete(task);
  kim.send(conversationSid, 'Kim here');
  const { channels } = sdkFor(twilio).flexApi.v1.interaction(interaction.sid);
  const [channel] = await channels.list();
  expect(channel).toMatchObject({ status: 'active', type: 'web' });
  const participants = await channels(channel?.sid ?? '').participants.list();
  expect(participants.map(({ type }) => type).toSorted()).toEqual(['agent', 'customer']);
  expect(twilio.tasks().map(({ status }) => status)).toEqual(['completed', 'assigned']);
});

test('an interaction on a conversation without its customer fails and reports the error', async () => {
  const { twilio, hooks, sdk } = await start();
  await registerInteractionWebhook(twilio, hooks.url);
  const { sid } = await sdk.conversations.v1.conversations.create();
  const interaction = await openInteraction(twilio, sid);
  const failed = await hooks.next(({ fields }) => fields.EventType === 'onChannelCreateFailed');
  expect(failed.fields).toMatchObject({ InteractionSid: interaction.sid, ErrorCode: '19025' });
  const [channel] = await sdk.flexApi.v1.interaction(interaction.sid).channels.list();
  expect(channel).toMatchObject({ status: 'failed', errorCode: 19025 });
  expect(twilio.tasks()).toMatchObject([{ status: 'canceled' }]);
});

test('closing a participant leaves the conversation open, an invite adds the next agent', async () => {
  const { twilio, hooks, sdk } = await start();
  const kim = twilio.createAgent({ identity: 'kim', fullName: 'Kim' });
  const { conversationSid, task } = await accepted(twilio, hooks.url, kim);
  const channel = sdk.flexApi.v1.interaction(task.interactionSid ?? '').channels(task.channelSid ?? '');
  const agent = (await channel.participants.list()).find(({ type }) => type === 'agent');
  await channel.participants(agent?.sid ?? '').update({ status: 'closed' });
  expect(twilio.tasks()).toMatchObject([{ status: 'completed', channelStatus: 'active' }]);
  expect(twilio.conversations()).toMatchObject([
    { sid: conversationSid, state: 'active', identities: ['discord_1'] },
  ]);
  await channel.invites.create({
    routing: {
      properties: {
        workspace_sid: twilio.workspaceSid,
        task_channel_unique_name: 'chat',
        attributes: { n: 2 },
      },
    },
  });
  const offer = await kim.waitForReservation();
  expect(offer.task.attributes).toMatchObject({ n: 2, conversationSid });
  expect(offer.task.attributes).not.toHaveProperty('customerName');
  await expect(channel.update({ status: 'inactive' })).rejects.toMatchObject({ status: 400 });
  await channel.update({ status: 'closed', routing: { status: 'closed' } });
  expect(twilio.tasks().map(({ status }) => status)).toEqual(['completed', 'canceled']);
});

test('the 21st request to one endpoint within a second is refused', async () => {
  // A window that a slow machine does not leave.
  const { twilio } = await start({ limits: { rateWindowMs: 60_000 } });
  const sdk = sdkFor(twilio);
  const fetches = Array.from({ length: 21 }, () => sdk.flexApi.v1.interaction(`KD${'0'.repeat(32)}`).fetch());
  const statuses = (await Promise.allSettled(fetches)).map((end) =>
    end.status === 'rejected' ? end.reason.status : 200,
  );
  expect(statuses.toSorted()).toEqual([...Array.from({ length: 20 }, () => 404), 429]);
});

test('an offer times out, and a task that nobody accepts in time is canceled', async () => {
  const clock = manualClock();
  const { twilio, hooks, sdk } = await start({ clock });
  const workspace = sdk.taskrouter.v1.workspaces(twilio.workspaceSid);
  await workspace.update({ eventCallbackUrl: `${hooks.url}/events` });
  const kim = twilio.createAgent({ identity: 'kim', fullName: 'Kim' });
  const task = await workspace.tasks.create({ attributes: '{"a":1}', taskChannel: 'chat', timeout: 300 });
  await kim.waitForReservation();
  clock.advance(120_000);
  expect(
    (await workspace.tasks(task.sid).reservations.list()).map(({ reservationStatus }) => reservationStatus),
  ).toEqual(['timeout']);
  kim.setAvailable(false);
  clock.advance(180_000);
  const canceled = await hooks.next(({ fields }) => fields.EventType === 'task.canceled');
  expect(canceled.fields).toMatchObject({
    TaskSid: task.sid,
    TaskAssignmentStatus: 'canceled',
    TaskAttributes: '{"a":1}',
  });
});

test('a workflow routes by its filters to the workers whom the queue targets', async () => {
  const { twilio, sdk } = await start();
  const workspace = sdk.taskrouter.v1.workspaces(twilio.workspaceSid);
  twilio.createAgent({ identity: 'kim', fullName: 'Kim' });
  const lee = twilio.createAgent({ identity: 'lee', fullName: 'Lee', attributes: { skills: ['discord'] } });
  const [everyone] = await workspace.taskQueues.list({ friendlyName: 'Everyone' });
  const queue = await workspace.taskQueues.create({
    friendlyName: 'Discord',
    targetWorkers: 'skills HAS "discord"',
  });
  const filter = { expression: 'channelType == "web" AND from == "Ada"', targets: [{ queue: queue.sid }] };
  const configuration = { task_routing: { filters: [filter], default_filter: { queue: everyone?.sid } } };
  const workflow = await workspace.workflows.create({
    friendlyName: 'By channel',
    configuration: JSON.stringify(configuration),
  });
  for (let number = 0; number < 2; number++) {
    const attributes = JSON.stringify({ channelType: 'web', from: 'Ada' });
    const task = await workspace.tasks.create({ workflowSid: workflow.sid, attributes, taskChannel: 'chat' });
    expect(task.taskQueueFriendlyName).toBe('Discord');
    await lee.waitForReservation((offer) => offer.task.sid === task.sid);
  }
  const other = await workspace.tasks.create({ workflowSid: workflow.sid, attributes: '{}' });
  expect(other.taskQueueFriendlyName).toBe('Everyone');
});
