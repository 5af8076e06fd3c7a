import { Elysia } from 'elysia';
import { errorResponse, invalid, TwilioError } from './errors.ts';

/** A request to the REST API, read. */
export interface Call {
  /** The parameters of a form-encoded body. */
  form: URLSearchParams;
  /** The body as it came. */
  text: string;
  query: URLSearchParams;
  /** `If-Match`: the ETag that the resource must still have; null where any will do. */
  ifMatch: string | null;
  /** `X-Twilio-Webhook-Enabled: true`: this write may fire webhooks. */
  webhooksEnabled: boolean;
}

/** An Elysia instance that reads Twilio's form bodies and answers errors in Twilio's shape. */
export function product(prefix: string) {
  return new Elysia({ prefix })
    .onParse(({ request }) => request.text())
    .derive(({ request, body }) => ({ call: readCall(request, body) }))
    .onError(({ error, path }) => {
      if (error instanceof TwilioError) return errorResponse(error);
      console.error(`twilio ${path}:`, error);
      return errorResponse(new TwilioError(500, 20500, 'Internal error of the stand-in'));
    });
}

function readCall(request: Request, body: unknown): Call {
  const text = typeof body === 'string' ? body : '';
  return {
    form: new URLSearchParams(text),
    text,
    query: new URL(request.url).searchParams,
    ifMatch: request.headers.get('if-match'),
    webhooksEnabled: request.headers.get('x-twilio-webhook-enabled') === 'true',
  };
}

export const created = (body: unknown): Response => Response.json(body, { status: 201 });
export const noContent = (): Response => new Response(null, { status: 204 });

/** The parameter's value, or undefined where it is absent. */
export function optional(form: URLSearchParams, name: string): string | undefined {
  return form.get(name) ?? undefined;
}

export function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value === null || value === '') throw invalid(`Missing required parameter ${name} in the post body`);
  return value;
}

/** Twilio reads dates as ISO 8601. Returns milliseconds since 1970. */
export function optionalDate(form: URLSearchParams, name: string): number | undefined {
  const value = form.get(name);
  if (value === null) return undefined;
  const ms = Date.parse(value);
  if (Number.isNaN(ms)) throw invalid(`Parameter ${name} is not an ISO 8601 date`);
  return ms;
}

export function optionalInteger(form: URLSearchParams, name: string): number | undefined {
  const value = form.get(name);
  if (value === null || value === '') return undefined;
  const number = Number(value);
  if (!Number.isInteger(number)) throw invalid(`Parameter ${name} is not an integer`);
  return number;
}

export function optionalBoolean(form: URLSearchParams, name: string): boolean | undefined {
  const value = form.get(name);
  return value === null ? undefined : value.toLowerCase() === 'true';
}

export type JsonObject = Record<string, unknown>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A parameter whose value is a JSON object in text. */
export function jsonObject(text: string, name: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value)) return value;
  } catch {
    // falls through: not JSON and not an object are one mistake to the caller
  }
  throw invalid(`Parameter ${name} is not a valid JSON object`);
}
