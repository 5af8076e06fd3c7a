import { chooseVariants, type Variants } from '../../variants.ts';
import type { FlowDefinition } from './definition.ts';
import { createExecutions, type Execution } from './executions.ts';
import { createFlowStore, type FlowStatus } from './flows.ts';
import type { StudioEffects, StudioHost } from './host.ts';
import { studioRoutes, toInput } from './routes.ts';
import { validateDefinition } from './validate.ts';

export interface StudioOptions {
  effects: StudioEffects;
  accountSid: string;
  /** Signs the requests of the HTTP widget. */
  authToken: string;
  variants?: Partial<Variants>;
  /** Sends the requests of the HTTP widget; default `fetch`. */
  fetch?: typeof fetch;
  /** How long the HTTP widget waits, in milliseconds. Default 10,000, as at Twilio. */
  httpTimeoutMs?: number;
  /** How many executions are kept. Default 1000. */
  maxExecutions?: number;
}

export interface Studio extends StudioHost {
  /** Elysia routes for `/studio/v2/…`. */
  routes: ReturnType<typeof studioRoutes>;
  /** Adds a flow without HTTP. Throws where the definition is invalid. */
  createFlow(input: { friendlyName: string; definition: FlowDefinition; status?: FlowStatus }): {
    sid: string;
  };
  /** The kept executions of a flow, newest first. */
  executions(flowSid: string): Execution[];
  /** Resolves when no execution runs or waits. */
  idle(): Promise<void>;
}

/** A stand-in for Twilio Studio: flows over REST, and executions of them on a conversation's messages. */
export function createStudio(options: StudioOptions): Studio {
  const flows = createFlowStore();
  const variants = chooseVariants(options.variants);
  const validate = (text: string) => validateDefinition(text, variants);
  const executions = createExecutions({
    accountSid: options.accountSid,
    kept: options.maxExecutions ?? 1000,
    tools: {
      effects: options.effects,
      fetchUrl: options.fetch ?? fetch,
      httpTimeoutMs: options.httpTimeoutMs ?? 10_000,
      authToken: options.authToken,
      attributesMeasured: variants.widgetAttributesMeasured,
    },
  });
  return {
    routes: studioRoutes(options.accountSid, flows, executions, validate),
    onMessageAdded(event) {
      const flow = flows.published(event.flowSid);
      if (flow) executions.start(event, flow);
      else
        console.warn(
          `Studio: ${event.flowSid} has no published revision; ${event.messageSid} starts nothing.`,
        );
    },
    createFlow: ({ friendlyName, definition, status = 'published' }) => {
      const { sid } = flows.create(toInput(friendlyName, status, JSON.stringify(definition), null, validate));
      return { sid };
    },
    executions: (flowSid) => executions.of(flowSid),
    idle: () => executions.idle(),
  };
}
