import { newSid } from '../sids.ts';
import type { TwilioState } from '../state.ts';
import type { Reservation, Task } from './model.ts';

/** Calls the workspace's event callback. https://www.twilio.com/docs/taskrouter/api/event/reference */
export function fireTaskEvent(
  state: TwilioState,
  event: string,
  { task, reservation }: { task: Task; reservation?: Reservation },
): void {
  const { workspace, queues, taskChannels, workers } = state.taskRouter;
  if (!workspace.eventCallbackUrl) return;
  const wanted = workspace.eventsFilter?.split(',').map((name) => name.trim());
  if (wanted?.length && !wanted.includes(event)) return;
  const worker = reservation ? workers.get(reservation.workerSid) : undefined;
  const now = state.clock.now();
  state.webhooks.send({
    url: workspace.eventCallbackUrl,
    method: 'POST',
    event,
    fields: {
      AccountSid: state.credentials.accountSid,
      WorkspaceSid: workspace.sid,
      WorkspaceName: workspace.friendlyName,
      Sid: newSid('EV'),
      EventType: event,
      EventDescription: `${event} ${task.sid}`,
      ResourceType: reservation ? 'reservation' : 'task',
      ResourceSid: reservation?.sid ?? task.sid,
      Timestamp: String(Math.floor(now / 1000)),
      TimestampMs: String(now),
      TaskSid: task.sid,
      TaskAttributes: task.attributes,
      TaskAge: String(Math.floor((now - task.dateCreated) / 1000)),
      TaskPriority: String(task.priority),
      TaskAssignmentStatus: task.status,
      TaskCanceledReason: task.status === 'canceled' ? (task.reason ?? '') : '',
      TaskQueueSid: task.queueSid,
      TaskQueueName: queues.get(task.queueSid)?.friendlyName ?? '',
      TaskChannelSid: task.taskChannelSid,
      TaskChannelUniqueName: taskChannels.get(task.taskChannelSid)?.uniqueName ?? '',
      WorkflowSid: task.workflowSid ?? '',
      ...(reservation
        ? {
            ReservationSid: reservation.sid,
            WorkerSid: reservation.workerSid,
            WorkerName: worker?.friendlyName ?? '',
            WorkerAttributes: worker?.attributes ?? '{}',
          }
        : {}),
    },
  });
}
