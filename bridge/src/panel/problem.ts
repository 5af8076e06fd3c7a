import { PanelProblem } from '@flexcord/shared/panel/problem';

const STATUS: Record<PanelProblem['code'], number> = {
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  invalid: 422,
  conflict: 409,
  'too-many-requests': 429,
  unavailable: 503,
};

/** A request that the panel API refuses; `more` goes into the answer beside code and message. */
export class Problem extends Error {
  override name = 'Problem';

  constructor(
    readonly code: PanelProblem['code'],
    message: string,
    readonly more: object = {},
  ) {
    super(message);
  }
}

/** The answer to a refused request. */
export function problemResponse({ code, message, more }: Problem): Response {
  return Response.json({ ...more, code, message }, { status: STATUS[code] });
}

/** What every route may answer beside its success; for the OpenAPI page. */
export const refusals = { 401: PanelProblem, 403: PanelProblem, 503: PanelProblem };

export const notFound = (what: string) => new Problem('not-found', `${what} is not known to the bridge.`);
