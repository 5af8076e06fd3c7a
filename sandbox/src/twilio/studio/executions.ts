import { type ExecutionContext, startContext } from './context.ts';
import type { Revision } from './flows.ts';
import type { MessageAddedEvent } from './host.ts';
import { newSid, timestamp } from './sids.ts';
import { runWidget, type WidgetTools } from './widgets.ts';

export interface Step {
  sid: string;
  /** The event that led here. */
  name: string;
  transitionedFrom: string;
  transitionedTo: string;
  type: string;
  date: string;
}

export interface Execution {
  sid: string;
  flowSid: string;
  flowVersion: number;
  status: 'active' | 'ended';
  contactSid: string;
  contactAddress: string;
  initiatedBy: string;
  context: ExecutionContext;
  /** Oldest first. */
  steps: Step[];
  dateCreated: string;
  dateUpdated: string;
}

/** Studio ends an execution here, too: https://www.twilio.com/docs/api/errors/81000 */
const MAX_STEPS = 1000;
/** Studio ends an execution in which one widget ran this often. */
const MAX_RUNS_OF_ONE_WIDGET = 10;
const MAX_WAITING = 100;
const triggerEvent = 'incomingConversationMessage';

/**
 * Runs flows. One execution at a time for a conversation: a message that comes meanwhile starts its own when the first has ended.
 * None of the supported widgets waits for a message; what Twilio does with one that arrives while a widget works is unverified.
 */
export function createExecutions(options: {
  tools: WidgetTools;
  accountSid: string;
  /** How many of the newest executions are kept. */
  kept: number;
}) {
  const { tools, accountSid, kept } = options;
  const executions: Execution[] = [];
  const lanes = new Map<string, { tail: Promise<void>; waiting: number }>();

  const run = async (event: MessageAddedEvent, flow: Revision): Promise<void> => {
    const sid = newSid('FN');
    const execution: Execution = {
      sid,
      flowSid: flow.sid,
      flowVersion: flow.revision,
      status: 'active',
      contactSid: newSid('FC'),
      contactAddress: event.author,
      initiatedBy: event.messageSid,
      context: startContext(event, accountSid, sid),
      steps: [],
      dateCreated: timestamp(),
      dateUpdated: timestamp(),
    };
    executions.push(execution);
    if (executions.length > kept) executions.shift();
    try {
      await follow(execution, flow, tools);
    } catch (error) {
      console.warn(`Studio: execution ${sid} ended early:`, error instanceof Error ? error.message : error);
    } finally {
      execution.status = 'ended';
      execution.dateUpdated = timestamp();
    }
  };

  return {
    /** Runs the flow for a message, after earlier executions of its conversation. */
    start(event: MessageAddedEvent, flow: Revision): void {
      const lane = lanes.get(event.conversationSid) ?? { tail: Promise.resolve(), waiting: 0 };
      if (lane.waiting >= MAX_WAITING) {
        console.warn(
          `Studio: ${MAX_WAITING} messages wait in ${event.conversationSid}; one more is not run.`,
        );
        return;
      }
      lane.waiting += 1;
      lane.tail = lane.tail
        .then(() => run(event, flow))
        .then(() => {
          lane.waiting -= 1;
          if (lane.waiting === 0) lanes.delete(event.conversationSid);
        });
      lanes.set(event.conversationSid, lane);
    },
    /** Newest first. */
    of: (flowSid: string) => executions.filter((execution) => execution.flowSid === flowSid).reverse(),
    async idle(): Promise<void> {
      while (lanes.size > 0) await Promise.all([...lanes.values()].map((lane) => lane.tail));
    },
  };
}

export type Executions = ReturnType<typeof createExecutions>;

async function follow(execution: Execution, flow: Revision, tools: WidgetTools): Promise<void> {
  const states = new Map(flow.definition?.states.map((state) => [state.name, state]));
  const runs = new Map<string, number>();
  let current = flow.definition?.initial_state ?? '';
  let event = triggerEvent;
  let next = states.get(current)?.transitions.find((transition) => transition.event === event)?.next;
  while (execution.steps.length < MAX_STEPS) {
    execution.dateUpdated = timestamp();
    execution.steps.push({
      sid: newSid('FT'),
      name: event,
      transitionedFrom: current,
      transitionedTo: next ?? 'Ended',
      type: states.get(current)?.type ?? '',
      date: timestamp(),
    });
    const state = next === undefined ? undefined : states.get(next);
    if (!state) return;
    current = state.name;
    runs.set(current, (runs.get(current) ?? 0) + 1);
    if ((runs.get(current) ?? 0) > MAX_RUNS_OF_ONE_WIDGET)
      throw new Error(`${current} ran more than ${MAX_RUNS_OF_ONE_WIDGET} times`);
    const result = await runWidget(state, execution.context, tools);
    event = result.event;
    next = result.transition?.next;
  }
  throw new Error(`more than ${MAX_STEPS} steps`);
}
