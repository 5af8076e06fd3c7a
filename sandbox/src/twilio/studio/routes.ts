import { Elysia } from 'elysia';
import type { Execution, Executions } from './executions.ts';
import type { FlowStatus, FlowStore, Revision, RevisionInput } from './flows.ts';
import type { JsonObject } from './json.ts';
import {
  contextResource,
  executionResource,
  flowResource,
  flowsUrl,
  pageOf,
  revisionResource,
  stepResource,
} from './resources.ts';
import type { Validation } from './validate.ts';

class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
    readonly details?: JsonObject,
  ) {
    super(message);
  }
}

/** Checks the text of a definition. */
type Validate = (text: string) => Validation;

/**
 * `/studio/v2/Flows…` as https://www.twilio.com/docs/studio/rest-api/v2 has it: form bodies in, JSON out, Twilio's error shape.
 * Whoever mounts it checks the credentials.
 */
export function studioRoutes(
  accountSid: string,
  flows: FlowStore,
  executions: Executions,
  validate: Validate,
) {
  const flowOf = (sid: string): Revision => flows.latest(sid) ?? notFound(`/Flows/${sid}`);
  const executionOf = (flowSid: string, sid: string): Execution =>
    executions.of(flowOf(flowSid).sid).find((execution) => execution.sid === sid) ??
    notFound(`/Flows/${flowSid}/Executions/${sid}`);
  const queryOf = (request: Request) => new URL(request.url).searchParams;

  return new Elysia({ name: 'studio', prefix: '/studio/v2' })
    .onError(({ error, status }) => {
      if (!(error instanceof Refusal)) return;
      return status(error.status, {
        code: error.code,
        message: error.message,
        more_info: `https://www.twilio.com/docs/errors/${error.code}`,
        status: error.status,
        ...(error.details ? { details: error.details } : {}),
      });
    })
    .post(
      '/Flows/Validate',
      ({ body }) => {
        readInput(form(body), undefined, validate);
        return { valid: true };
      },
      { parse: 'text' },
    )
    .post(
      '/Flows',
      ({ body, status }) =>
        status(201, flowResource(accountSid, flows.create(readInput(form(body), undefined, validate)), true)),
      { parse: 'text' },
    )
    .get('/Flows', ({ request }) =>
      pageOf(
        queryOf(request),
        'flows',
        flowsUrl(),
        flows.list().map((flow) => flowResource(accountSid, flow, false)),
      ),
    )
    .get('/Flows/:sid', ({ params }) => flowResource(accountSid, flowOf(params.sid), true))
    .post(
      '/Flows/:sid',
      ({ body, params }) => {
        const input = readInput(form(body), flowOf(params.sid), validate);
        return flowResource(accountSid, flows.update(params.sid, input), true);
      },
      { parse: 'text' },
    )
    .delete('/Flows/:sid', ({ params }) => {
      flows.remove(flowOf(params.sid).sid);
      return new Response(null, { status: 204 });
    })
    .get('/Flows/:sid/Revisions', ({ params, request }) => {
      const revisions = flows.revisions(flowOf(params.sid).sid) ?? [];
      const resources = revisions
        .toReversed()
        .map((revision) => revisionResource(accountSid, revision, false));
      return pageOf(queryOf(request), 'revisions', flowsUrl(params.sid, 'Revisions'), resources);
    })
    .get('/Flows/:sid/Revisions/:revision', ({ params }) => {
      const { sid, revision } = params;
      const latest = flowOf(sid);
      const found =
        revision === 'LatestRevision'
          ? latest
          : revision === 'LatestPublished'
            ? flows.published(sid)
            : flows.revisions(sid)?.find((it) => String(it.revision) === revision);
      return revisionResource(accountSid, found ?? notFound(`/Flows/${sid}/Revisions/${revision}`), true);
    })
    .get('/Flows/:sid/Executions', ({ params, request }) => {
      const status = queryOf(request).get('status');
      const list = executions.of(flowOf(params.sid).sid).filter((it) => !status || it.status === status);
      const resources = list.map((execution) => executionResource(accountSid, execution));
      return pageOf(queryOf(request), 'executions', flowsUrl(params.sid, 'Executions'), resources);
    })
    .get('/Flows/:sid/Executions/:execution', ({ params }) =>
      executionResource(accountSid, executionOf(params.sid, params.execution)),
    )
    .get('/Flows/:sid/Executions/:execution/Context', ({ params }) =>
      contextResource(accountSid, executionOf(params.sid, params.execution)),
    )
    .get('/Flows/:sid/Executions/:execution/Steps', ({ params, request }) => {
      const execution = executionOf(params.sid, params.execution);
      const url = flowsUrl(params.sid, 'Executions', execution.sid, 'Steps');
      const steps = execution.steps.toReversed().map((step) => stepResource(accountSid, execution, step));
      return pageOf(queryOf(request), 'steps', url, steps);
    })
    .get('/Flows/:sid/Executions/:execution/Steps/:step', ({ params }) => {
      const execution = executionOf(params.sid, params.execution);
      const step = execution.steps.find((it) => it.sid === params.step);
      return stepResource(accountSid, execution, step ?? notFound(`/Steps/${params.step}`));
    });
}

function form(body: unknown): URLSearchParams {
  return new URLSearchParams(typeof body === 'string' ? body : '');
}

/** What a create, an update (which keeps what it does not name) or a check asks for. Throws where Twilio would refuse. */
function readInput(
  fields: URLSearchParams,
  earlier: Revision | undefined,
  validate: Validate,
): RevisionInput {
  const status = fields.get('Status');
  if (status !== 'draft' && status !== 'published')
    throw new Refusal(400, 20001, "Invalid Parameter: Status must be 'draft' or 'published'");
  const friendlyName = fields.get('FriendlyName') ?? earlier?.friendlyName;
  if (!friendlyName)
    throw new Refusal(400, 20001, 'Missing required parameter FriendlyName in the post body');
  const text = fields.get('Definition') ?? (earlier ? JSON.stringify(earlier.source) : undefined);
  if (text === undefined)
    throw new Refusal(400, 20001, 'Missing required parameter Definition in the post body');
  return toInput(friendlyName, status, text, fields.get('CommitMessage'), validate);
}

/** Checks the definition. Throws the refusal 81022 with every problem in `details`: https://www.twilio.com/docs/api/errors/81022 */
export function toInput(
  friendlyName: string,
  status: FlowStatus,
  text: string,
  commitMessage: string | null,
  validate: Validate,
): RevisionInput {
  const validation = validate(text);
  // The documents show drafts with `valid: false`; whether Twilio takes one is unverified, so that none is taken here.
  if (validation.errors.length > 0)
    throw new Refusal(400, 81022, 'Flow definition validation failed', {
      errors: validation.errors,
      warnings: validation.warnings,
    });
  return { friendlyName, status, source: JSON.parse(text), commitMessage, validation };
}

function notFound(path: string): never {
  throw new Refusal(404, 20404, `The requested resource /v2${path} was not found`);
}
