import { afterAll, beforeAll, expect, test } from 'bun:test';
import { type Reservation, Supervisor, Worker, Workspace } from 'twilio-taskrouter';
import { type ManualClock, manualClock } from '../twilio/clock.ts';
import type { Agent } from '../twilio/index.ts';
import { openConversation, openInteraction, start, stopAll } from '../twilio/testing.ts';
import { serveAgent } from './testing.ts';

// The unchanged client of twilio-taskrouter 2.1 against the sandbox. All tests share one agent and one account.

let account: Awaited<ReturnType<typeof start>>;
let clock: ManualClock;
let kim: Agent;
let mina: Agent;
let wire: ReturnType<typeof serveAgent>;
let worker: Worker;

beforeAll(async () => {
  clock = manualClock();
  account = await start({ clock });
  kim = account.twilio.createAgent({ identity: 'kim', fullName: 'Kim', capacity: 100 });
  mina = account.twilio.createAgent({ identity: 'mina', fullName: 'Mina', available: false });
  wire = serveAgent(account.twilio, kim);
  worker = new Worker(token(), wire.taskRouter);
  await next(worker, 'ready');
});
afterAll(async () => {
  worker.disconnect();
  await wire.stop();
  await stopAll();
});

const token = (expiresIn = 24 * 3600) => account.twilio.issueToken(kim, { expiresIn });

/** Resolves with what the event brings. */
const next = <Arg>(on: Pick<NodeJS.EventEmitter, 'once'>, event: string): Promise<Arg> =>
  new Promise((resolve) => void on.once(event, resolve));

/** A member waits, and the task is offered to the worker. */
async function offer(): Promise<Reservation> {
  const created = next<Reservation>(worker, 'reservationCreated');
  const { twilio, hooks } = account;
  const member = `discord_${crypto.randomUUID().slice(0, 8)}`;
  await openInteraction(twilio, await openConversation(twilio, hooks.url, member));
  return created;
}

const rest = () => account.sdk.taskrouter.v1.workspaces(account.twilio.workspaceSid);
const named = (name: string) => {
  const activity = [...worker.activities.values()].find((one) => one.name === name);
  if (!activity) throw new Error(`no activity ${name}`);
  return activity;
};
const refused = (work: Promise<unknown>, status: number) =>
  expect(work).rejects.toThrow(`Request failed with status code ${status}`);

test('a worker is ready with their activities, channels and attributes', () => {
  expect(worker).toMatchObject({ name: 'kim', sid: kim.workerSid, attributes: { full_name: 'Kim' } });
  expect(worker.activity.name).toBe('Available');
  const chat = [...worker.channels.values()].find((one) => one.taskChannelUniqueName === 'chat');
  expect(chat).toMatchObject({ capacity: 100, assignedTasks: 0, available: true });
});

test('a reservation is accepted, its task described, wrapped up and completed', async () => {
  const reservation = await offer();
  const { task } = reservation;
  expect(task).toMatchObject({ queueName: 'Everyone', workflowName: 'Assign to Anyone', priority: 0 });
  expect(worker.reservations.has(reservation.sid)).toBe(true);
  const accepted = next(reservation, 'accepted');
  await reservation.accept();
  await accepted;
  const updated = next(task, 'updated');
  await task.setAttributes({ ...task.attributes, note: 'angry' });
  await updated;
  expect(task.attributes.note).toBe('angry');
  const stored = await rest().tasks(task.sid).fetch();
  expect(JSON.parse(stored.attributes)).toMatchObject({ note: 'angry', customerName: 'Ada' });
  await task.setVirtualStartTime(new Date('2026-01-01T00:00:00Z'));
  expect((await task.fetchLatestVersion()).virtualStartTime).toEqual(new Date('2026-01-01T00:00:00Z'));
  // What others write arrives, too.
  const changed = next(task, 'updated');
  await rest().tasks(task.sid).update({ attributes: '{"by":"others"}' });
  await changed;
  expect(task.attributes).toEqual({ by: 'others' });
  await task.setAttributes(JSON.parse(stored.attributes));

  const wrapped = next(task, 'wrapup');
  await task.wrapUp({ reason: 'solved' });
  await wrapped;
  expect(await rest().tasks(task.sid).fetch()).toMatchObject({
    assignmentStatus: 'wrapping',
    reason: 'solved',
  });
  const completed = next(reservation, 'completed');
  await task.complete('done');
  await completed;
  expect(await rest().tasks(task.sid).fetch()).toMatchObject({
    assignmentStatus: 'completed',
    reason: 'done',
  });
  await refused(reservation.accept(), 400);
  await refused(task.complete('again'), 400);
  await refused(task.wrapUp({ reason: 'again' }), 400);
});

test('reservations wrap up and complete by themselves', async () => {
  const reservation = await offer();
  await refused(reservation.complete(), 400);
  await reservation.accept();
  expect((await reservation.wrap()).status).toBe('wrapping');
  expect((await reservation.complete()).status).toBe('completed');
});

test('a task that is rejected, timed out or cancelled is taken back', async () => {
  const rejected = await offer();
  const told = next(rejected, 'rejected');
  await rejected.reject();
  await told;
  // It is offered again after a while.
  const again = next<Reservation>(worker, 'reservationCreated');
  clock.advance(10_000);
  const offered = await again;
  expect(offered.task.sid).toBe(rejected.task.sid);
  const timeout = next(offered, 'timeout');
  clock.advance(offered.timeout * 1000);
  await timeout;
  const last = next<Reservation>(worker, 'reservationCreated');
  clock.advance(10_000);
  const pending = await last;
  const canceled = next(pending, 'canceled');
  account.twilio.cancelTask(pending.task.sid, 'gone');
  await canceled;
  expect(worker.reservations.size).toBe(0);
});

test('activities and attributes of the worker change, and are told', async () => {
  const reservation = await offer();
  const away = next(worker, 'activityUpdated');
  const rejected = next(reservation, 'rejected');
  await named('Break').setAsCurrent({ rejectPendingReservations: true });
  await Promise.all([away, rejected]);
  expect(worker.activity.name).toBe('Break');
  expect((await rest().workers(kim.workerSid).fetch()).activityName).toBe('Break');
  account.twilio.cancelTask(reservation.task.sid, 'gone');
  const back = next(worker, 'activityUpdated');
  kim.setAvailable(true);
  await back;
  const described = next(worker, 'attributesUpdated');
  await worker.setAttributes({ ...worker.attributes, skills: ['discord'] });
  await described;
  const { attributes } = await rest().workers(kim.workerSid).fetch();
  expect(JSON.parse(attributes)).toMatchObject({ skills: ['discord'], contact_uri: 'client:kim' });
});

test('the directory of workers and queues is paged and filtered', async () => {
  for (let number = 0; number < 5; number++)
    account.twilio.createAgent({ identity: `agent${number}`, fullName: 'Agent', available: false });
  const workspace = new Workspace(token(), { ...wire.taskRouter, pageSize: 2 }, account.twilio.workspaceSid);
  expect((await workspace.fetchWorkersInfo()).size).toBe(7);
  expect([...(await workspace.fetchWorkersInfo({ FriendlyName: 'mina' })).keys()]).toEqual([mina.workerSid]);
  const queues = await workspace.fetchTaskQueues();
  expect([...queues.values()].map(({ queueName }) => queueName)).toEqual(['Everyone']);
  expect((await workspace.fetchWorkerInfo(mina.workerSid)).name).toBe('mina');
  await refused(workspace.fetchWorkerInfo(`WK${'0'.repeat(32)}`), 404);
});

test('a task that a worker makes is offered to them, and a conversation is not handed over as a task', async () => {
  const created = next<Reservation>(worker, 'reservationCreated');
  const [queue] = await rest().taskQueues.list();
  const sid = await worker.createTask('ada', 'kim', account.twilio.workflowSid, queue?.sid ?? '', {
    attributes: { why: 'call back' },
    taskChannelUniqueName: 'chat',
  });
  const reservation = await created;
  expect(reservation.task).toMatchObject({
    sid,
    routingTarget: kim.workerSid,
    attributes: { why: 'call back' },
  });
  await reservation.accept();
  await reservation.task.complete('done');
  const chat = await offer();
  await chat.accept();
  await refused(chat.task.transfer(mina.workerSid, { mode: 'COLD' }), 400);
  await chat.task.wrapUp({ reason: 'x' });
  await chat.task.complete('x');
});

test('what is not supported, or not allowed, is refused', async () => {
  const reservation = await offer();
  await reservation.accept();
  await refused(reservation.task.hold(mina.workerSid, true), 404);
  await refused(reservation.task.kick(mina.workerSid), 404);
  expect(wire.unknown).toHaveLength(2);
  const supervisor = new Supervisor(token(), wire.taskRouter);
  await next(supervisor, 'ready');
  await refused(supervisor.setWorkerActivity(mina.workerSid, named('Available').sid), 403);
  supervisor.disconnect();
  await reservation.task.complete('x');
});

test('a worker whose token is over gets a new one, and comes back with what is offered meanwhile', async () => {
  const short = new Worker(token(60), wire.taskRouter);
  let isExpired = false;
  short.on('tokenExpired', () => {
    isExpired = true;
  });
  await next(short, 'ready');
  expect(isExpired).toBe(false);
  const disconnected = next(short, 'disconnected');
  clock.advance(61_000);
  await disconnected;
  await refused(short.setAttributes({}), 401);
  short.updateToken(token());
  expect(await short.fetchLatestVersion()).toMatchObject({ name: 'kim' });
  short.disconnect();
});
