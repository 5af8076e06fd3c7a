import { isDeepStrictEqual } from 'node:util';
import { callTwilio } from '../client.ts';
import type { FlowDefinition } from '../studio/definition.ts';
import { supportFlow } from '../studio/flow.ts';
import { asObject } from './flex-account.ts';
import { foreign, keep, mend, type PlanStep, type ProvisioningOptions } from './plan.ts';

const FLOW = 'Studio flow';
const FLOW_NAME = 'Flexcord: Discord support';
const MAX_LISTED = 1000;

/** Stands in the plan for what an earlier step makes. */
const NOT_YET = `TC${'0'.repeat(32)}`;

/** `known`: the SIDs that are there already; what is not comes from the steps before. */
export async function planFlow(
  options: ProvisioningOptions,
  known: { workflowSid?: string; taskChannelSid?: string },
): Promise<PlanStep & { sid?: string }> {
  const { twilio } = options;
  const contentFor = (workflowSid = NOT_YET, taskChannelSid = NOT_YET) => ({
    friendlyName: FLOW_NAME,
    status: 'published' as const,
    definition: supportFlow({
      publicUrl: options.publicUrl,
      secret: options.studioSecret,
      workflowSid,
      taskChannelSid,
    }),
  });
  const flows = await callTwilio('flows', () => twilio.studio.v2.flows.list({ limit: MAX_LISTED }));
  const named = flows.find(({ sid }) => sid === options.flowSid);
  if (options.flowSid && !named)
    return mend(
      FLOW,
      `TWILIO_STUDIO_FLOW_SID is ${options.flowSid}, which is not there. Leave it empty in .env, and one is made.`,
    );
  if (named && named.friendlyName !== FLOW_NAME) {
    return {
      ...foreign(
        FLOW,
        `"${named.friendlyName}", ${named.sid}, is yours; it has to do what bridge/studio/discord-support.json does`,
      ),
      sid: named.sid,
    };
  }
  const found = named ?? flows.find(({ friendlyName }) => friendlyName === FLOW_NAME);
  if (!found) {
    return {
      what: FLOW,
      action: 'create',
      detail: `"${FLOW_NAME}", published`,
      async carryOut(made) {
        const content = contentFor(made.workflowSid, made.taskChannelSid);
        await callTwilio('validate the flow', () => twilio.studio.v2.flowValidate.update(content));
        made.flowSid = (
          await callTwilio('create the flow', () => twilio.studio.v2.flows.create(content))
        ).sid;
      },
    };
  }
  const { sid } = found;
  const current = await callTwilio('flow', () => twilio.studio.v2.flows(sid).fetch());
  const wanted = contentFor(known.workflowSid, known.taskChannelSid);
  const changes = differences(current.definition, wanted.definition);
  if (current.status !== 'published') changes.push('- draft', '+ published');
  if (changes.length === 0) return { ...keep(FLOW, `"${FLOW_NAME}", ${sid}, published`), sid };
  return {
    what: FLOW,
    action: 'update',
    detail: `"${FLOW_NAME}", ${sid}; what was edited stays in the revision before`,
    changes,
    sid,
    async carryOut(made) {
      const content = contentFor(made.workflowSid, made.taskChannelSid);
      await callTwilio('validate the flow', () => twilio.studio.v2.flowValidate.update(content));
      await callTwilio('update the flow', () => twilio.studio.v2.flows(sid).update(content));
    },
  };
}

export async function planFlowRemoval({ twilio }: ProvisioningOptions): Promise<PlanStep[]> {
  const flows = await callTwilio('flows', () => twilio.studio.v2.flows.list({ limit: MAX_LISTED }));
  return flows.map(({ sid, friendlyName }): PlanStep => {
    if (friendlyName !== FLOW_NAME) return foreign(FLOW, `"${friendlyName}", ${sid}, stays`);
    return {
      what: FLOW,
      action: 'remove',
      detail: `"${FLOW_NAME}", ${sid}`,
      carryOut: async () => {
        await callTwilio('remove the flow', () => twilio.studio.v2.flows(sid).remove());
      },
    };
  });
}

/** Which widgets differ, a line each. */
function differences(present: unknown, wanted: FlowDefinition): string[] {
  if (isDeepStrictEqual(present, wanted)) return [];
  const states = asObject(present).states;
  const before = new Map((Array.isArray(states) ? states : []).map((state) => [asObject(state).name, state]));
  const after = new Map<unknown, unknown>(wanted.states.map((state) => [state.name, state]));
  const lines = [
    ...[...before.keys()].filter((name) => !after.has(name)).map((name) => `- widget ${name}`),
    ...[...after].flatMap(([name, state]) => {
      if (!before.has(name)) return [`+ widget ${name}`];
      return isDeepStrictEqual(before.get(name), state)
        ? []
        : [`- widget ${name}, edited`, `+ widget ${name}`];
    }),
  ];
  return lines.length > 0 ? lines : ['- settings of the flow, edited', '+ settings of the flow'];
}
