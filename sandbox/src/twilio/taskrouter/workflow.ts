import { invalid } from '../errors.ts';
import { isJsonObject, jsonObject } from '../http.ts';
import { matches } from './expression.ts';
import type { TaskRouterState, Workflow } from './model.ts';

/** The queue to which a workflow sends a task: of the first filter that fits, else of the default filter. */
export function queueFor(state: TaskRouterState, workflow: Workflow, taskAttributes: string): string {
  const routing = readConfiguration(workflow.configuration);
  const attributes = jsonObject(taskAttributes || '{}', 'Attributes');
  const filter = routing.filters.find(({ expression }) => matches(expression, attributes));
  const queueSid = filter?.queue ?? routing.defaultQueue;
  if (!queueSid || !state.queues.has(queueSid))
    throw invalid(`Workflow ${workflow.sid} has no queue for this task`);
  return queueSid;
}

/** Throws 400 where a workflow's configuration names no queue or one that does not exist. */
export function checkConfiguration(state: TaskRouterState, text: string): string {
  const { filters, defaultQueue } = readConfiguration(text);
  for (const queue of [...filters.map((filter) => filter.queue), defaultQueue]) {
    if (queue && !state.queues.has(queue))
      throw invalid(`Workflow configuration: queue ${queue} was not found`);
  }
  return text;
}

/** https://www.twilio.com/docs/taskrouter/workflow-configuration */
function readConfiguration(text: string): {
  filters: { expression: string; queue: string }[];
  defaultQueue?: string;
} {
  const routing = jsonObject(text, 'Configuration').task_routing;
  if (!isJsonObject(routing)) throw invalid('Workflow configuration: task_routing is missing');
  const filters = Array.isArray(routing.filters) ? routing.filters : [];
  const fallback = routing.default_filter;
  return {
    filters: filters.filter(isJsonObject).flatMap((filter) => {
      const target = Array.isArray(filter.targets) ? filter.targets.find(isJsonObject) : undefined;
      return typeof target?.queue === 'string'
        ? [{ expression: String(filter.expression ?? '1==1'), queue: target.queue }]
        : [];
    }),
    defaultQueue: isJsonObject(fallback) && typeof fallback.queue === 'string' ? fallback.queue : undefined,
  };
}
