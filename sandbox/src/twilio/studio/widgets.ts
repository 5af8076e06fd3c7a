import type { Variants } from '../../variants.ts';
import { holds } from './conditions.ts';
import type { ExecutionContext } from './context.ts';
import type { FlowState, Transition } from './definition.ts';
import type { StudioEffects } from './host.ts';
import { makeHttpRequest } from './http-widget.ts';
import { isObject, type JsonObject, parseObject } from './json.ts';
import { render } from './liquid.ts';
import { MAX_FLEX_ATTRIBUTES_CHARACTERS } from './widget-types.ts';

export interface WidgetTools {
  effects: StudioEffects;
  fetchUrl: typeof fetch;
  httpTimeoutMs: number;
  /** Signs the requests of the HTTP widget. */
  authToken: string;
  attributesMeasured: Variants['widgetAttributesMeasured'];
}

export interface WidgetResult {
  /** The transition to follow. Nothing where no condition of a split fits and it has no noMatch. */
  transition: Transition | undefined;
  event: string;
}

/** Runs one widget, keeps its output in the context and says which transition follows. Throws on a broken template. */
export async function runWidget(
  state: FlowState,
  context: ExecutionContext,
  tools: WidgetTools,
): Promise<WidgetResult> {
  if (state.type === 'split-based-on') return evaluateSplit(state, context);
  const { event, output } = await runEffect(state, context, tools);
  context.widgets[state.name] = output;
  return { event, transition: state.transitions.find((transition) => transition.event === event) };
}

async function runEffect(
  state: FlowState,
  context: ExecutionContext,
  tools: WidgetTools,
): Promise<{ event: string; output: JsonObject }> {
  const property = (name: string, otherwise = '') => {
    const value = state.properties[name];
    return typeof value === 'string' ? render(value, context) : otherwise;
  };
  switch (state.type) {
    case 'make-http-request':
      return makeHttpRequest(
        {
          method: property('method', 'GET'),
          url: property('url'),
          contentType: property('content_type', 'application/x-www-form-urlencoded;charset=utf-8'),
          body: property('body'),
          parameters: renderPairs(state.properties.parameters, context),
        },
        tools.fetchUrl,
        { timeoutMs: tools.httpTimeoutMs, authToken: tools.authToken },
      );
    case 'set-variables': {
      const variables = Object.fromEntries(renderPairs(state.properties.variables, context));
      Object.assign(context.flow.variables, variables);
      return { event: 'next', output: variables };
    }
    case 'send-to-flex':
      return sendToFlex(property, state, context, tools);
    case 'send-message':
      return sendMessage(property, context, tools.effects);
    default:
      throw new Error(`The sandbox does not support ${state.type}.`);
  }
}

function evaluateSplit(state: FlowState, context: ExecutionContext): WidgetResult {
  const match = state.transitions.find(
    ({ event, conditions }) =>
      event === 'match' &&
      // A transition with several conditions needs them all.
      (conditions ?? []).every(({ type, arguments: inputs, value }) =>
        holds(type, render(inputs[0] ?? '', context), render(value, context)),
      ),
  );
  const transition = match ?? state.transitions.find(({ event }) => event === 'noMatch');
  return { event: match ? 'match' : 'noMatch', transition };
}

type Property = (name: string, otherwise?: string) => string;

async function sendToFlex(
  property: Property,
  state: FlowState,
  context: ExecutionContext,
  { effects, attributesMeasured }: WidgetTools,
) {
  const text = property('attributes', '{}');
  const given = parseObject(text === '' ? '{}' : text);
  const measured = {
    template: [String(state.properties.attributes ?? '')],
    rendered: [text],
    both: [String(state.properties.attributes ?? ''), text],
  }[attributesMeasured];
  if (!given || measured.some(({ length }) => length > MAX_FLEX_ATTRIBUTES_CHARACTERS))
    return { event: 'failedToEnqueue', output: {} };
  const author = context.contact.channel.address;
  try {
    const output = await effects.sendToFlex({
      conversationSid: context.flow.channel.address,
      workflowSid: property('workflow'),
      channelSid: property('channel'),
      // The widget adds the sender; that given attributes win over it is unverified.
      attributes: { customerAddress: author, from: author, name: author, customerName: author, ...given },
      priority: Number(property('priority', '0')),
      timeout: Number(property('timeout', '3600')),
    });
    return { event: 'callComplete', output: { ...output } };
  } catch {
    return { event: 'failedToEnqueue', output: {} };
  }
}

async function sendMessage(property: Property, context: ExecutionContext, effects: StudioEffects) {
  const from = property('from');
  const conversationSid = property('channel') || context.flow.channel.address;
  try {
    await effects.sendMessage({ conversationSid, body: property('body'), ...(from ? { from } : {}) });
    return { event: 'sent', output: {} };
  } catch {
    return { event: 'failed', output: {} };
  }
}

function renderPairs(pairs: unknown, context: ExecutionContext): [string, string][] {
  return (Array.isArray(pairs) ? pairs : [])
    .filter(isObject)
    .map(({ key, value }) => [String(key), render(String(value), context)]);
}
