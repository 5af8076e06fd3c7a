import { afterAll, beforeAll, expect, test } from 'bun:test';
import { type Twilio as Cloud, Faults, startTwilio } from '../../../testing/sandbox.ts';
import { createTwilio, type Twilio } from '../client.ts';
import { changeTask } from './change-task.ts';

let cloud: Cloud;
let twilio: Twilio;
const faults = new Faults();
beforeAll(async () => {
  cloud = await startTwilio({ faults });
  twilio = createTwilio({ accountSid: cloud.accountSid, authToken: cloud.authToken, apiUrl: cloud.url });
});
afterAll(() => cloud?.stop());

const tasks = () => twilio.taskrouter.v1.workspaces(cloud.workspaceSid).tasks;

async function newTask() {
  const attributes = JSON.stringify({ summary: 'a', notes: 0 });
  const { sid: taskSid } = await tasks().create({ attributes, workflowSid: cloud.workflowSid });
  return {
    change: (change: Parameters<typeof changeTask>[2]) =>
      changeTask(twilio, { workspaceSid: cloud.workspaceSid, taskSid, what: 'change a task' }, change),
    attributes: async () => JSON.parse((await tasks()(taskSid).fetch()).attributes),
    taskSid,
  };
}

test('what others write into a task at the same time is not overwritten', async () => {
  const { change, attributes } = await newTask();
  await Promise.all([
    ...[1, 2, 3].map((n) => change((given) => ({ ...given, [`plugin${n}`]: n }))),
    change((given) => ({ ...given, summary: 'b' })),
  ]);
  expect(await attributes()).toEqual({ summary: 'b', notes: 0, plugin1: 1, plugin2: 2, plugin3: 3 });
});

test('nothing is written where nothing changes, and a task that changes all the time is left for later', async () => {
  const { change, taskSid } = await newTask();
  const writes = () =>
    cloud.requests.filter(({ method, path }) => method === 'POST' && path.includes(taskSid)).length;
  await change(() => null);
  expect(writes()).toBe(0);
  const { etag } = Object.fromEntries((await tasks()(taskSid).fetchWithHttpInfo()).headers as never);
  await tasks()(taskSid).update({ priority: 1 });
  await expect(tasks()(taskSid).update({ priority: 2, ifMatch: etag })).rejects.toMatchObject({
    status: 412,
  });
  const reads = () =>
    cloud.requests.filter(({ method, path }) => method === 'GET' && path.includes(taskSid)).length;
  const before = reads();
  faults.add({ on: 'api', method: 'POST', match: /Tasks/, effect: { kind: 'status', status: 412 } });
  await expect(change((given) => ({ ...given, summary: 'never' }))).rejects.toThrow(
    'change a task: HTTP 412',
  );
  expect(reads() - before).toBe(5);
});
