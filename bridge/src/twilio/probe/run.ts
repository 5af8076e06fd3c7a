import { callTwilio, isNotFound } from '../client.ts';
import { serviceFault } from '../provisioning/conversations-service.ts';
import { attributesOf, flowWith, type ProbeStep, probeFlow, TOO_LONG } from './flow.ts';
import type { Letter } from './mailbox.ts';
import {
  closeChannel,
  endTasks,
  MARK,
  makeInteractionWebhook,
  makeQueue,
  PROBE_IDENTITY,
  PROBE_SPEAKER,
  type ProbeAccount,
  type ProbeTask,
  probeTasks,
  serviceOf,
} from './place.ts';
import type { Answer, Answers, QuestionName, Value } from './questions.ts';

export interface ProbeOptions {
  account: ProbeAccount;
  /** Another with every probe. */
  run: string;
  taskChannel: string;
  /** Where Twilio posts to, answered with this HTTP status. */
  addressFor(answer: 204 | 503): string;
  /** What has come so far; null where nothing that Twilio posts arrives here. */
  letters: (() => Promise<Letter[]>) | null;
  /** How long something is waited for before it counts as not happening, in milliseconds. */
  waitMs: number;
  /** Told before each group of questions. */
  begin(questions: readonly QuestionName[], says: string): void;
  signal: AbortSignal;
  /** Filled as they come, so that a failure leaves those before it. */
  answers: Answers;
  /** Filled with the SIDs of the conversations that it opens. */
  conversations: string[];
}

/** Enough that a gap would be seen. */
const MESSAGES = 12;
/** How long at least that which comes on every account is waited for, in milliseconds. */
const MIN_CERTAIN_MS = 15_000;
const NOTHING_ARRIVES = 'no webhook arrives here; see PUBLIC_URL in bun run doctor';

/** Asks an account every question that needs neither a member nor a browser. Whoever calls it cleans up, also after a failure. */
export async function probeTwilio(options: ProbeOptions): Promise<void> {
  const { account, run, letters, begin, signal, answers, conversations } = options;
  const { twilio, flex } = account;
  const service = serviceOf(account);
  const known = (question: QuestionName, value: Value, note?: string) => {
    answers[question] = { value, ...(note ? { note } : {}) };
  };
  const unknown = (question: QuestionName, note: string) => {
    answers[question] = { value: null, note };
  };

  /** The first that `look` finds; undefined where that takes too long. */
  async function until<Found>(
    look: () => Promise<Found | undefined | false>,
    waitMs = options.waitMs,
  ): Promise<Found | undefined> {
    const deadline = performance.now() + waitMs;
    for (;;) {
      signal.throwIfAborted();
      const found = await look();
      if (found !== undefined && found !== false) return found;
      if (performance.now() >= deadline) return undefined;
      await Bun.sleep(Math.min(1000, options.waitMs / 10));
    }
  }

  /** The code with which something is refused; null where it is not. */
  async function refusal(request: () => Promise<unknown>): Promise<Answer> {
    try {
      await request();
      return { value: null, note: 'it was not refused' };
    } catch (error) {
      const { code, status } = error as { code?: unknown; status?: unknown };
      if (typeof status !== 'number' || status >= 500) return { value: null, note: (error as Error).message };
      return { value: Number(code) };
    }
  }

  const isValid = async (attributes: string): Promise<boolean> => {
    const definition = flowWith(targets, attributes);
    try {
      const { valid } = await twilio.studio.v2.flowValidate.update({
        friendlyName: MARK,
        status: 'published',
        definition,
      });
      return valid;
    } catch (error) {
      const { status } = error as { status?: number };
      if (status === 400) return false;
      return callTwilio('validate a flow', () => Promise.reject(error));
    }
  };

  const open = async (step: ProbeStep, uniqueName: string) => {
    const { sid } = await callTwilio('open a conversation', () =>
      service.conversationWithParticipants.create({
        friendlyName: MARK,
        uniqueName,
        attributes: JSON.stringify({ probeStep: step }),
        participant: [JSON.stringify({ identity: PROBE_IDENTITY })],
      }),
    );
    conversations.push(sid);
    return sid;
  };

  const write = (sid: string, body: string, isHeard: boolean) =>
    callTwilio('write a message', () =>
      service.conversations(sid).messages.create({
        author: PROBE_IDENTITY,
        body,
        ...(isHeard ? { xTwilioWebhookEnabled: 'true' as const } : {}),
      }),
    );

  const hasUser = (identity: string): Promise<boolean> =>
    callTwilio('look for a user', () => service.users(identity).fetch()).then(
      () => true,
      (error: Error) => {
        if (isNotFound(error.cause)) return false;
        throw error;
      },
    );

  const attachStudio = (sid: string, flowSid: string) =>
    callTwilio('attach the flow', () =>
      service.conversations(sid).webhooks.create({
        target: 'studio',
        'configuration.flowSid': flowSid,
        'configuration.filters': ['onMessageAdded'],
      }),
    );

  const studioWebhooks = async (sid: string) =>
    (await callTwilio('webhooks', () => service.conversations(sid).webhooks.list())).filter(
      ({ target }) => target === 'studio',
    );

  /** What comes on every account is waited for longer. */
  const certain = <Found>(look: () => Promise<Found | undefined | false>) =>
    until(look, Math.max(options.waitMs, MIN_CERTAIN_MS));

  const taskOf = (sid: string) => certain(async () => (await probeTasks(account, sid))[0]);

  begin(['defaultServiceIsFlex'], 'comparing the Conversations services');
  known('defaultServiceIsFlex', (await serviceFault(twilio, flex.serviceSid)) === null);

  begin(['templatedAttributes'], 'making a queue that nobody works, and a Studio flow that leads there');
  const { workflowSid } = await makeQueue(account);
  const channel = await callTwilio('task channel', () =>
    twilio.taskrouter.v1.workspaces(flex.workspaceSid).taskChannels(options.taskChannel).fetch(),
  );
  const targets = { workflowSid, taskChannelSid: channel.sid };
  known('templatedAttributes', (await isValid(attributesOf.onlyTemplate)) ? 'taken' : 'refused');
  const isLongTaken = await isValid(attributesOf.template);
  const flow = await callTwilio('make a flow', () =>
    twilio.studio.v2.flows.create({
      friendlyName: MARK,
      status: 'published',
      definition: probeFlow(targets, isLongTaken ? ['rendered', 'template'] : ['rendered']),
    }),
  );
  if (letters) await makeInteractionWebhook(account, options.addressFor(204));

  begin(
    ['uniqueNameTakenCode', 'indexGaps', 'speakersAreUsers'],
    'opening a conversation, and writing into it',
  );
  const uniqueName = `flexcord-probe-${run}`;
  const sid = await open('rendered', uniqueName);
  answers.uniqueNameTakenCode = await refusal(() => service.conversations.create({ uniqueName }));
  const indexes: number[] = [];
  for (let count = 0; count < MESSAGES; count += 1) {
    signal.throwIfAborted();
    indexes.push((await write(sid, `${MARK} ${count}`, false)).index);
  }
  known(
    'indexGaps',
    indexes.some((index, place) => place > 0 && index !== (indexes[place - 1] ?? 0) + 1),
  );
  await callTwilio('write as somebody who takes no part', () =>
    service.conversations(sid).messages.create({ author: PROBE_SPEAKER, body: MARK }),
  );
  known('speakersAreUsers', await hasUser(PROBE_SPEAKER));

  begin(['studioWebhookSurvives', 'channelTypeOverwritten', 'webhookRetries'], 'handing it over by Studio');
  await attachStudio(sid, flow.sid);
  if (letters)
    await callTwilio('attach a webhook', () =>
      service.conversations(sid).webhooks.create({
        target: 'webhook',
        'configuration.url': options.addressFor(503),
        'configuration.method': 'post',
        'configuration.filters': ['onMessageAdded'],
      }),
    );
  const long = await write(sid, MARK.padEnd(TOO_LONG, '.'), true);
  const task = await taskOf(sid);
  if (letters) await answerRetries(long.sid);
  else unknown('webhookRetries', NOTHING_ARRIVES);
  if (task) await answerHandOff(sid, task);
  else {
    const note = 'Studio brought no task to Flex';
    for (const question of [
      'studioWebhookSurvives',
      'channelTypeOverwritten',
      'widgetAttributesMeasured',
      'inactiveIsTold',
      'replyAfterLeave',
      'signedInteractionWebhooks',
    ] as const)
      unknown(question, note);
  }

  begin(['closedConversationCode'], 'writing into a conversation that is closed');
  const isClosed = await certain(async () => (await service.conversations(sid).fetch()).state === 'closed');
  if (!isClosed) await service.conversations(sid).update({ state: 'closed' });
  answers.closedConversationCode = await refusal(() =>
    service.conversations(sid).messages.create({ author: PROBE_IDENTITY, body: MARK }),
  );

  async function answerRetries(messageSid: string): Promise<void> {
    const arrived = async () =>
      ((await letters?.()) ?? []).filter(({ fields }) => fields.MessageSid === messageSid).length;
    const isRepeated = await until(async () => (await arrived()) > 1);
    if (isRepeated) known('webhookRetries', true);
    else if ((await arrived()) === 0) unknown('webhookRetries', 'the webhook did not come');
    else known('webhookRetries', false, `within ${options.waitMs / 1000} s`);
  }

  async function answerHandOff(sid: string, task: ProbeTask): Promise<void> {
    known('channelTypeOverwritten', task.attributes.channelType !== 'discord');
    const isGone = await until(async () => (await studioWebhooks(sid)).length === 0);
    known('studioWebhookSurvives', !isGone);
    // It would send to Flex a second time.
    for (const webhook of await studioWebhooks(sid))
      await callTwilio('detach', () => service.conversations(sid).webhooks(webhook.sid).remove());

    begin(['inactiveIsTold', 'replyAfterLeave'], 'putting the channel aside, and writing again');
    const { flexInteractionSid, flexInteractionChannelSid } = task.attributes;
    const [interaction, interactionChannel] = [String(flexInteractionSid), String(flexInteractionChannelSid)];
    const statusOf = (status: string) => async () =>
      ((await letters?.()) ?? []).find(
        ({ fields }) => fields.ChannelSid === interactionChannel && fields.ChannelStatus === status,
      );
    const isInactive = await putAside(interaction, interactionChannel);
    if (isInactive === true) {
      if (letters) known('inactiveIsTold', (await until(statusOf('inactive'))) !== undefined);
      else unknown('inactiveIsTold', NOTHING_ARRIVES);
      const before = (await probeTasks(account, sid)).length;
      await write(sid, MARK, true);
      const came = await until(async () => (await probeTasks(account, sid)).length > before);
      known('replyAfterLeave', came ? 'new-task' : 'nothing', 'put aside by REST, not by an agent');
    } else {
      unknown('inactiveIsTold', isInactive);
      unknown('replyAfterLeave', isInactive);
    }

    begin(['signedInteractionWebhooks'], 'closing the channel');
    await closeChannel(account, interaction, interactionChannel);
    await endTasks(account, await probeTasks(account, sid));
    const told = letters ? await certain(statusOf('closed')) : undefined;
    if (told) known('signedInteractionWebhooks', told.signed === 'valid', `its signature is ${told.signed}`);
    else unknown('signedInteractionWebhooks', letters ? 'no webhook came' : NOTHING_ARRIVES);
    await answerMeasure(task);
  }

  /** True, or why the channel could not be put aside. */
  async function putAside(interaction: string, channelSid: string): Promise<true | string> {
    try {
      await callTwilio('put a channel aside', () =>
        twilio.flexApi.v1
          .interaction(interaction)
          .channels(channelSid)
          .update({ status: 'inactive', routing: { status: 'closed' } }),
      );
      return true;
    } catch (error) {
      return (error as Error).message;
    }
  }

  async function answerMeasure(task: ProbeTask): Promise<void> {
    begin(['widgetAttributesMeasured'], 'trying attributes that are too long');
    const countsRendered = task.attributes.step === 'plain';
    let countsTemplate = !isLongTaken;
    if (isLongTaken) {
      const second = await open('template', `${uniqueName}-2`);
      await attachStudio(second, flow.sid);
      await write(second, MARK, true);
      const handed = await taskOf(second);
      if (!handed) return unknown('widgetAttributesMeasured', 'Studio brought no task to Flex');
      countsTemplate = handed.attributes.step === 'plain';
      await endTasks(account, [handed]);
    }
    if (countsTemplate && countsRendered) known('widgetAttributesMeasured', 'both');
    else if (countsTemplate) known('widgetAttributesMeasured', 'template');
    else known('widgetAttributesMeasured', countsRendered ? 'rendered' : 'neither');
  }
}
