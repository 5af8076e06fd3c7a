import type { Exchange } from '../core/serve.ts';
import type { Operation } from './documents.ts';
import { isObject, type JsonObject, parseJson } from './json.ts';
import { mediaType } from './request.ts';
import type { Validator } from './validator.ts';
import type { Finding } from './violation.ts';

/** Twilio's documents have no error responses; its errors all look like this: https://www.twilio.com/docs/usage/twilios-response */
const twilioError: JsonObject = {
  type: 'object',
  properties: {
    code: { type: 'integer' },
    message: { type: 'string' },
    more_info: { type: 'string', format: 'uri' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    details: { type: 'object' },
  },
  required: ['code', 'message', 'more_info', 'status'],
  unevaluatedProperties: false,
};

/** Status, media type and body of the answer against the document. */
export function checkResponse(operation: Operation, exchange: Exchange, validator: Validator): Finding[] {
  const { status } = exchange;
  if (operation.document.service === 'twilio' && status >= 400) return checkTwilioError(exchange, validator);
  const content =
    operation.responses.get(String(status)) ??
    operation.responses.get(`${Math.floor(status / 100)}XX`) ??
    operation.responses.get('default');
  if (!content) {
    const known = [...operation.responses.keys()].join(', ');
    return [{ rule: 'response-status', where: String(status), what: `is not documented (${known} are)` }];
  }
  if (content.size === 0) {
    if (exchange.responseBody.length === 0) return [];
    return [{ rule: 'response-type', where: '', what: `A ${status} of this operation has no body.` }];
  }
  const type = mediaType(exchange.responseHeaders);
  const schema = content.get(type);
  if (!schema) {
    const known = [...content.keys()].join(', ');
    return [{ rule: 'response-type', where: '', what: `The answer is "${type}", documented is ${known}.` }];
  }
  return type === 'application/json' ? checkJson(schema, exchange, validator) : [];
}

function checkTwilioError(exchange: Exchange, validator: Validator): Finding[] {
  const findings = checkJson(twilioError, exchange, validator);
  const parsed = parseJson(new TextDecoder().decode(exchange.responseBody));
  if (findings.length === 0 && isObject(parsed?.value) && parsed.value.status !== exchange.status)
    findings.push({ rule: 'response-body', where: '/status', what: 'differs from the HTTP status' });
  return findings;
}

function checkJson(schema: JsonObject, exchange: Exchange, validator: Validator): Finding[] {
  const parsed = parseJson(new TextDecoder().decode(exchange.responseBody));
  if (!parsed) return [{ rule: 'response-type', where: '', what: 'The answer is not JSON.' }];
  return validator
    .json(schema, parsed.value)
    .map(({ pointer, what }) => ({ rule: 'response-body', where: pointer, what }));
}
