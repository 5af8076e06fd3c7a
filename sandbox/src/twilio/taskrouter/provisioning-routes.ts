import { invalid, notFound } from '../errors.ts';
import { created, noContent, optional, optionalBoolean, optionalInteger, required } from '../http.ts';
import { paged } from '../paging.ts';
import { newSid } from '../sids.ts';
import type { TwilioState } from '../state.ts';
import { activityJson, queueJson, taskChannelJson, workflowJson, workspaceUrl } from './json.ts';
import { workspaceProduct } from './product.ts';
import { findTaskChannel } from './tasks.ts';
import { checkConfiguration } from './workflow.ts';

/** Activities, queues, workflows and task channels: what an operator provisions. */
export function provisioningRoutes(state: TwilioState) {
  const taskRouter = state.taskRouter;
  const dates = () => ({ dateCreated: state.clock.now(), dateUpdated: state.clock.now() });

  return workspaceProduct(state)
    .get('/:workspace/Activities', ({ call }) => {
      const found = named(taskRouter.activities.values(), call.query.get('FriendlyName'));
      return paged(call, 'activities', `${workspaceUrl(state)}/Activities`, found, (one) =>
        activityJson(state, one),
      );
    })
    .get('/:workspace/Activities/:sid', ({ params }) =>
      activityJson(state, pick(taskRouter.activities, params.sid)),
    )

    .get('/:workspace/TaskQueues', ({ call }) => {
      const found = named(taskRouter.queues.values(), call.query.get('FriendlyName'));
      return paged(call, 'task_queues', `${workspaceUrl(state)}/TaskQueues`, found, (one) =>
        queueJson(state, one),
      );
    })
    .post('/:workspace/TaskQueues', ({ call }) => {
      const queue = {
        sid: newSid('WQ'),
        friendlyName: required(call.form, 'FriendlyName'),
        targetWorkers: optional(call.form, 'TargetWorkers') || '1==1',
        maxReservedWorkers: optionalInteger(call.form, 'MaxReservedWorkers') ?? 1,
        taskOrder: optional(call.form, 'TaskOrder') === 'LIFO' ? ('LIFO' as const) : ('FIFO' as const),
        ...dates(),
      };
      taskRouter.queues.set(queue.sid, queue);
      return created(queueJson(state, queue));
    })
    .get('/:workspace/TaskQueues/:sid', ({ params }) => queueJson(state, pick(taskRouter.queues, params.sid)))
    .post('/:workspace/TaskQueues/:sid', ({ params, call }) => {
      const queue = pick(taskRouter.queues, params.sid);
      queue.friendlyName = optional(call.form, 'FriendlyName') ?? queue.friendlyName;
      queue.targetWorkers = optional(call.form, 'TargetWorkers') || queue.targetWorkers;
      queue.dateUpdated = state.clock.now();
      return queueJson(state, queue);
    })

    .delete('/:workspace/TaskQueues/:sid', ({ params }) => {
      const { sid } = pick(taskRouter.queues, params.sid);
      // A queue that a workflow names, or that has tasks waiting, stays (https://www.twilio.com/docs/taskrouter/api/task-queue).
      const isNamed = [...taskRouter.workflows.values()].some(({ configuration }) =>
        configuration.includes(sid),
      );
      const isWaitedFor = [...taskRouter.tasks.values()].some(
        ({ queueSid, status }) => queueSid === sid && !['completed', 'canceled'].includes(status),
      );
      if (isNamed || isWaitedFor) throw invalid(`TaskQueue ${sid} is in use`);
      taskRouter.queues.delete(sid);
      return noContent();
    })

    .get('/:workspace/Workflows', ({ call }) => {
      const found = named(taskRouter.workflows.values(), call.query.get('FriendlyName'));
      return paged(call, 'workflows', `${workspaceUrl(state)}/Workflows`, found, (one) =>
        workflowJson(state, one),
      );
    })
    .post('/:workspace/Workflows', ({ call }) => {
      const workflow = {
        sid: newSid('WW'),
        friendlyName: required(call.form, 'FriendlyName'),
        configuration: checkConfiguration(taskRouter, required(call.form, 'Configuration')),
        assignmentCallbackUrl: optional(call.form, 'AssignmentCallbackUrl') ?? null,
        fallbackAssignmentCallbackUrl: optional(call.form, 'FallbackAssignmentCallbackUrl') ?? null,
        taskReservationTimeout: optionalInteger(call.form, 'TaskReservationTimeout') ?? 120,
        ...dates(),
      };
      taskRouter.workflows.set(workflow.sid, workflow);
      return created(workflowJson(state, workflow));
    })
    .get('/:workspace/Workflows/:sid', ({ params }) =>
      workflowJson(state, pick(taskRouter.workflows, params.sid)),
    )
    .post('/:workspace/Workflows/:sid', ({ params, call }) => {
      const workflow = pick(taskRouter.workflows, params.sid);
      const configuration = optional(call.form, 'Configuration');
      if (configuration) workflow.configuration = checkConfiguration(taskRouter, configuration);
      workflow.friendlyName = optional(call.form, 'FriendlyName') ?? workflow.friendlyName;
      workflow.taskReservationTimeout =
        optionalInteger(call.form, 'TaskReservationTimeout') ?? workflow.taskReservationTimeout;
      workflow.dateUpdated = state.clock.now();
      return workflowJson(state, workflow);
    })
    .delete('/:workspace/Workflows/:sid', ({ params }) => {
      taskRouter.workflows.delete(pick(taskRouter.workflows, params.sid).sid);
      return noContent();
    })

    .get('/:workspace/TaskChannels', ({ call }) => {
      const found = [...taskRouter.taskChannels.values()];
      return paged(call, 'channels', `${workspaceUrl(state)}/TaskChannels`, found, (one) =>
        taskChannelJson(state, one),
      );
    })
    .post('/:workspace/TaskChannels', ({ call }) => {
      const uniqueName = required(call.form, 'UniqueName');
      if (findTaskChannel(state, uniqueName)) throw invalid(`TaskChannel ${uniqueName} already exists`);
      const channel = {
        sid: newSid('TC'),
        friendlyName: required(call.form, 'FriendlyName'),
        uniqueName,
        channelOptimizedRouting: optionalBoolean(call.form, 'ChannelOptimizedRouting') ?? false,
        ...dates(),
      };
      taskRouter.taskChannels.set(channel.sid, channel);
      return created(taskChannelJson(state, channel));
    })
    .get('/:workspace/TaskChannels/:sid', ({ params }) => {
      const channel = findTaskChannel(state, params.sid);
      if (!channel) throw notFound(`/TaskChannels/${params.sid}`);
      return taskChannelJson(state, channel);
    })
    .delete('/:workspace/TaskChannels/:sid', ({ params }) => {
      const channel = findTaskChannel(state, params.sid);
      if (!channel) throw notFound(`/TaskChannels/${params.sid}`);
      taskRouter.taskChannels.delete(channel.sid);
      return noContent();
    });
}

function pick<One>(all: Map<string, One>, sid: string): One {
  const one = all.get(sid);
  if (!one) throw notFound(`/${sid}`);
  return one;
}

function named<One extends { friendlyName: string }>(all: Iterable<One>, name: string | null): One[] {
  return [...all].filter(({ friendlyName }) => name === null || friendlyName === name);
}
