import type { Execution, Step } from './executions.ts';
import type { Revision } from './flows.ts';
import type { JsonObject } from './json.ts';

const host = 'https://studio.twilio.com';

/** `https://studio.twilio.com/v2/Flows…`: the address a client of the real service is given. */
export function flowsUrl(...path: string[]): string {
  return [`${host}/v2/Flows`, ...path].join('/');
}

export function flowResource(accountSid: string, flow: Revision, withDefinition: boolean): JsonObject {
  const url = flowsUrl(flow.sid);
  return {
    ...revisionResource(accountSid, flow, withDefinition),
    warnings: withDefinition ? flow.warnings : null,
    webhook_url: `https://webhooks.twilio.com/v1/Accounts/${accountSid}/Flows/${flow.sid}`,
    url,
    links: { test_users: `${url}/TestUsers`, revisions: `${url}/Revisions`, executions: `${url}/Executions` },
  };
}

/** Lists leave out the definition and what was found in it. */
export function revisionResource(accountSid: string, flow: Revision, withDefinition: boolean): JsonObject {
  return {
    sid: flow.sid,
    account_sid: accountSid,
    author_sid: null,
    friendly_name: flow.friendlyName,
    definition: withDefinition ? flow.source : null,
    status: flow.status,
    revision: flow.revision,
    commit_message: flow.commitMessage,
    valid: withDefinition ? flow.errors.length === 0 : null,
    errors: withDefinition ? flow.errors : null,
    date_created: flow.dateCreated,
    date_updated: flow.dateUpdated,
    url: flowsUrl(flow.sid, 'Revisions', String(flow.revision)),
  };
}

export function executionResource(accountSid: string, execution: Execution): JsonObject {
  const url = flowsUrl(execution.flowSid, 'Executions', execution.sid);
  return {
    sid: execution.sid,
    account_sid: accountSid,
    flow_sid: execution.flowSid,
    contact_sid: execution.contactSid,
    contact_channel_address: execution.contactAddress,
    flow_version: execution.flowVersion,
    // The whole context has its own resource.
    context: {},
    status: execution.status,
    initiated_by: execution.initiatedBy,
    date_created: execution.dateCreated,
    date_updated: execution.dateUpdated,
    url,
    links: { steps: `${url}/Steps`, execution_context: `${url}/Context` },
  };
}

export function contextResource(accountSid: string, execution: Execution): JsonObject {
  return {
    account_sid: accountSid,
    flow_sid: execution.flowSid,
    execution_sid: execution.sid,
    context: execution.context,
    url: flowsUrl(execution.flowSid, 'Executions', execution.sid, 'Context'),
  };
}

export function stepResource(accountSid: string, execution: Execution, step: Step): JsonObject {
  const url = flowsUrl(execution.flowSid, 'Executions', execution.sid, 'Steps', step.sid);
  return {
    sid: step.sid,
    account_sid: accountSid,
    flow_sid: execution.flowSid,
    execution_sid: execution.sid,
    parent_step_sid: null,
    name: step.name,
    context: {},
    transitioned_from: step.transitionedFrom,
    transitioned_to: step.transitionedTo,
    type: step.type,
    date_created: step.date,
    date_updated: null,
    url,
    links: { step_context: `${url}/Context` },
  };
}

/** One page of a list. `PageSize` 1 to 1000 (default 50), `Page` from 0. */
export function pageOf(query: URLSearchParams, key: string, url: string, all: JsonObject[]): JsonObject {
  const size = Math.min(Math.max(Number(query.get('PageSize')) || 50, 1), 1000);
  const page = Math.max(Number(query.get('Page')) || 0, 0);
  const address = (number: number) => `${url}?PageSize=${size}&Page=${number}`;
  return {
    [key]: all.slice(page * size, (page + 1) * size),
    meta: {
      key,
      page,
      page_size: size,
      url: address(page),
      first_page_url: address(0),
      previous_page_url: page > 0 ? address(page - 1) : null,
      next_page_url: (page + 1) * size < all.length ? address(page + 1) : null,
    },
  };
}
