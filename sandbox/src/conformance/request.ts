import type { Exchange } from '../core/serve.ts';
import { type Operation, type Parameter, resolve } from './documents.ts';
import { isObject, type JsonObject, parseJson } from './json.ts';
import { readMultipart } from './multipart.ts';
import type { Match } from './operations.ts';
import type { Validator } from './validator.ts';
import type { Finding, Rule } from './violation.ts';

/** A request's body, read as far as it can be: what the rules by hand look at. */
export interface RequestBody {
  findings: Finding[];
  value: unknown;
}

/** Path, query and header parameters against the document. Unknown query parameters are findings, unknown headers are not. */
export function checkParameters(match: Match, exchange: Exchange, url: URL, validator: Validator): Finding[] {
  const { operation, pathParameters } = match;
  const byPlace = (place: string) => operation.parameters.filter((parameter) => parameter.in === place);
  const headers: Record<string, string> = {};
  for (const { name } of byPlace('header')) {
    const value = exchange.requestHeaders.get(name);
    if (value !== null) headers[name] = value;
  }
  const query = readPairs(url.searchParams, operation, (name) => findSchema(byPlace('query'), name));
  return [
    ...checkGroup('path-parameter', byPlace('path'), pathParameters, validator),
    ...checkGroup('query-parameter', byPlace('query'), query.values, validator),
    ...query.repeated.map((name) => repeated('query-parameter', name)),
    ...checkGroup('header-parameter', byPlace('header'), headers, validator),
  ];
}

function findSchema(parameters: Parameter[], name: string): JsonObject | undefined {
  return parameters.find((parameter) => parameter.name === name)?.schema;
}

const groups = new WeakMap<Parameter, JsonObject>();

function checkGroup(
  rule: Rule,
  parameters: Parameter[],
  values: JsonObject,
  validator: Validator,
): Finding[] {
  const [first] = parameters;
  if (!first)
    return Object.keys(values).map((name) => ({ rule, where: name, what: 'is not in the document' }));
  let schema = groups.get(first);
  if (!schema) {
    schema = {
      type: 'object',
      properties: Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter.schema])),
      required: parameters.filter((parameter) => parameter.required).map((parameter) => parameter.name),
      additionalProperties: false,
    };
    groups.set(first, schema);
  }
  return validator
    .text(schema, values)
    .map(({ pointer, what }) => ({ rule, where: pointer.replace(/^\//, ''), what }));
}

/** The body against the document, whatever media type it came in. */
export function checkRequestBody(
  operation: Operation,
  exchange: Exchange,
  validator: Validator,
): RequestBody {
  const bytes = exchange.requestBody;
  const type = mediaType(exchange.requestHeaders);
  if (operation.requestBody.size === 0) {
    if (bytes.length === 0 || isEmptyJson(bytes)) return { findings: [], value: undefined };
    return { findings: [bodyType('The operation takes no body.')], value: undefined };
  }
  if (bytes.length === 0) return checkEmpty(operation, type, validator);
  const schema = operation.requestBody.get(type);
  if (!schema)
    return {
      findings: [bodyType(`The document takes ${[...operation.requestBody.keys()].join(', ')}.`)],
      value: undefined,
    };
  if (type === 'application/json') return checkJson(schema, new TextDecoder().decode(bytes), validator);
  if (type === 'multipart/form-data') return checkMultipart(operation, schema, exchange, validator);
  return checkForm(operation, schema, new TextDecoder().decode(bytes), validator);
}

/** An update without fields is a request without a body; it is wrong only where a field is required. */
function checkEmpty(operation: Operation, type: string, validator: Validator): RequestBody {
  const form = operation.requestBody.get('application/x-www-form-urlencoded');
  if (operation.document.service === 'twilio' && form) return checkForm(operation, form, '', validator);
  const missing = operation.requestBodyRequired && type !== '';
  return { findings: missing ? [bodyType('The operation needs a body.')] : [], value: undefined };
}

function checkJson(schema: JsonObject, text: string, validator: Validator): RequestBody {
  const parsed = parseJson(text);
  if (!parsed) return { findings: [bodyType('The body is not JSON.')], value: undefined };
  return { findings: bodyFindings(validator.json(schema, parsed.value)), value: parsed.value };
}

function checkForm(
  operation: Operation,
  schema: JsonObject,
  text: string,
  validator: Validator,
): RequestBody {
  const properties = resolve(operation.document, schema).properties;
  const form = readPairs(new URLSearchParams(text), operation, (name) => {
    const property = isObject(properties) ? properties[name] : undefined;
    return isObject(property) ? property : undefined;
  });
  const value = structuredClone(form.values);
  return {
    findings: [
      ...bodyFindings(validator.text(schema, form.values)),
      ...form.repeated.map((name) => repeated('request-body', `/${name}`)),
    ],
    value,
  };
}

/**
 * Discord's multipart bodies: `payload_json` holds what a JSON body would, beside `files[n]`.
 * Where the operation takes no JSON (stickers), the parts themselves are the fields.
 */
function checkMultipart(
  operation: Operation,
  schema: JsonObject,
  exchange: Exchange,
  validator: Validator,
): RequestBody {
  const parts = readMultipart(exchange.requestBody, exchange.requestHeaders.get('content-type') ?? '');
  if (!parts) return { findings: [bodyType('The body is not multipart/form-data.')], value: undefined };
  const jsonSchema = operation.requestBody.get('application/json');
  if (!jsonSchema) {
    const values = Object.fromEntries(parts.map((part) => [part.name, part.isFile ? '' : part.text]));
    return { findings: bodyFindings(validator.text(schema, values)), value: values };
  }
  const findings: Finding[] = [];
  const known = propertyNames(operation, schema);
  for (const name of new Set(parts.map((part) => part.name)))
    if (name !== 'payload_json' && !known.has(name))
      findings.push({ rule: 'request-body', where: `/${name}`, what: 'is not in the document' });
  const payload = parts.find((part) => part.name === 'payload_json');
  if (!payload) return { findings, value: undefined };
  const body = checkJson(jsonSchema, payload.text, validator);
  return { findings: [...findings, ...body.findings], value: body.value };
}

/** Every property that a schema or one of its parts names. */
function propertyNames(operation: Operation, schema: unknown): Set<string> {
  const node = resolve(operation.document, schema);
  const parts = [node.allOf, node.anyOf].flat().filter(isObject);
  const own = isObject(node.properties) ? Object.keys(node.properties) : [];
  return new Set([...own, ...parts.flatMap((part) => [...propertyNames(operation, part)])]);
}

/** Pairs as values: a list where the document has an array, text otherwise. */
function readPairs(
  pairs: URLSearchParams,
  operation: Operation,
  schemaOf: (name: string) => JsonObject | undefined,
): { values: Record<string, unknown>; repeated: string[] } {
  const values: Record<string, unknown> = {};
  const repeatedNames: string[] = [];
  for (const name of new Set(pairs.keys())) {
    const all = pairs.getAll(name);
    const schema = schemaOf(name);
    const isList = schema && [resolve(operation.document, schema).type].flat().includes('array');
    values[name] = isList ? all : all[0];
    if (!isList && all.length > 1) repeatedNames.push(name);
  }
  return { values, repeated: repeatedNames };
}

export function mediaType(headers: Headers): string {
  return (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

function isEmptyJson(bytes: Uint8Array): boolean {
  return bytes.length < 5 && /^(\{\}|null)$/.test(new TextDecoder().decode(bytes));
}

function bodyFindings(mismatches: { pointer: string; what: string }[]): Finding[] {
  return mismatches.map(({ pointer, what }) => ({ rule: 'request-body', where: pointer, what }));
}

function bodyType(what: string): Finding {
  return { rule: 'request-type', where: '', what };
}

function repeated(rule: Rule, where: string): Finding {
  return { rule, where, what: 'is given more than once and is not a list' };
}
