import { invalid, notFound } from '../errors.ts';
import { created, noContent, optional, optionalBoolean, optionalInteger, required } from '../http.ts';
import { paged } from '../paging.ts';
import { newSid } from '../sids.ts';
import type { World } from '../world.ts';
import { activityJson, queueJson, taskChannelJson, workflowJson, workspaceUrl } from './json.ts';
import { workspaceProduct } from './product.ts';
import { findTaskChannel } from './tasks.ts';
import { checkConfiguration } from './workflow.ts';

/** Activities, queues, workflows and task channels: what an operator provisions. */
export function provisioningRoutes(world: World) {
  const state = world.taskRouter;
  const dates = () => ({ dateCreated: world.clock.now(), dateUpdated: world.clock.now() });

  return workspaceProduct(world)
    .get('/:workspace/Activities', ({ call }) => {
      const found = named(state.activities.values(), call.query.get('FriendlyName'));
      return paged(call, 'activities', `${workspaceUrl(world)}/Activities`, found, (one) =>
        activityJson(world, one),
      );
    })
    .get('/:workspace/Activities/:sid', ({ params }) =>
      activityJson(world, pick(state.activities, params.sid)),
    )

    .get('/:workspace/TaskQueues', ({ call }) => {
      const found = named(state.queues.values(), call.query.get('FriendlyName'));
      return paged(call, 'task_queues', `${workspaceUrl(world)}/TaskQueues`, found, (one) =>
        queueJson(world, one),
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
      state.queues.set(queue.sid, queue);
      return created(queueJson(world, queue));
    })
    .get('/:workspace/TaskQueues/:sid', ({ params }) => queueJson(world, pick(state.queues, params.sid)))
    .post('/:workspace/TaskQueues/:sid', ({ params, call }) => {
      const queue = pick(state.queues, params.sid);
      queue.friendlyName = optional(call.form, 'FriendlyName') ?? queue.friendlyName;
      queue.targetWorkers = optional(call.form, 'TargetWorkers') || queue.targetWorkers;
      queue.dateUpdated = world.clock.now();
      return queueJson(world, queue);
    })

    .get('/:workspace/Workflows', ({ call }) => {
      const found = named(state.workflows.values(), call.query.get('FriendlyName'));
      return paged(call, 'workflows', `${workspaceUrl(world)}/Workflows`, found, (one) =>
        workflowJson(world, one),
      );
    })
    .post('/:workspace/Workflows', ({ call }) => {
      const workflow = {
        sid: newSid('WW'),
        friendlyName: required(call.form, 'FriendlyName'),
        configuration: checkConfiguration(state, required(call.form, 'Configuration')),
        assignmentCallbackUrl: optional(call.form, 'AssignmentCallbackUrl') ?? null,
        fallbackAssignmentCallbackUrl: optional(call.form, 'FallbackAssignmentCallbackUrl') ?? null,
        taskReservationTimeout: optionalInteger(call.form, 'TaskReservationTimeout') ?? 120,
        ...dates(),
      };
      state.workflows.set(workflow.sid, workflow);
      return created(workflowJson(world, workflow));
    })
    .get('/:workspace/Workflows/:sid', ({ params }) => workflowJson(world, pick(state.workflows, params.sid)))
    .post('/:workspace/Workflows/:sid', ({ params, call }) => {
      const workflow = pick(state.workflows, params.sid);
      const configuration = optional(call.form, 'Configuration');
      if (configuration) workflow.configuration = checkConfiguration(state, configuration);
      workflow.friendlyName = optional(call.form, 'FriendlyName') ?? workflow.friendlyName;
      workflow.taskReservationTimeout =
        optionalInteger(call.form, 'TaskReservationTimeout') ?? workflow.taskReservationTimeout;
      workflow.dateUpdated = world.clock.now();
      return workflowJson(world, workflow);
    })
    .delete('/:workspace/Workflows/:sid', ({ params }) => {
      state.workflows.delete(pick(state.workflows, params.sid).sid);
      return noContent();
    })

    .get('/:workspace/TaskChannels', ({ call }) => {
      const found = [...state.taskChannels.values()];
      return paged(call, 'channels', `${workspaceUrl(world)}/TaskChannels`, found, (one) =>
        taskChannelJson(world, one),
      );
    })
    .post('/:workspace/TaskChannels', ({ call }) => {
      const uniqueName = required(call.form, 'UniqueName');
      if (findTaskChannel(world, uniqueName)) throw invalid(`TaskChannel ${uniqueName} already exists`);
      const channel = {
        sid: newSid('TC'),
        friendlyName: required(call.form, 'FriendlyName'),
        uniqueName,
        channelOptimizedRouting: optionalBoolean(call.form, 'ChannelOptimizedRouting') ?? false,
        ...dates(),
      };
      state.taskChannels.set(channel.sid, channel);
      return created(taskChannelJson(world, channel));
    })
    .get('/:workspace/TaskChannels/:sid', ({ params }) => {
      const channel = findTaskChannel(world, params.sid);
      if (!channel) throw notFound(`/TaskChannels/${params.sid}`);
      return taskChannelJson(world, channel);
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
