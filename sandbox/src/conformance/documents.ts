import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, type JsonObject, objectAt } from './json.ts';
import { adaptSchema, allOfMembers } from './schema.ts';

export interface Parameter {
  name: string;
  in: string;
  required: boolean;
  schema: JsonObject;
}

export interface Operation {
  document: Document;
  /** Upper case. */
  method: string;
  /** As the document writes it: `/v1/Conversations/{Sid}`. */
  path: string;
  segments: string[];
  parameters: Parameter[];
  /** Media type to schema. Empty where the operation takes no body. */
  requestBody: Map<string, JsonObject>;
  requestBodyRequired: boolean;
  /** Status (`200`, `4XX`, `default`) to media type to schema. */
  responses: Map<string, Map<string, JsonObject>>;
}

export interface Document {
  /** Absolute base of the document's references. */
  id: string;
  service: 'discord' | 'twilio';
  /** First label of the vendor's host: `conversations`, `flex-api`, `discord`. */
  product: string;
  root: JsonObject;
  operations: Operation[];
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];

/** Reads every `discord_openapi.json` and `twilio_*.json` of a folder. Throws where there is none: a check of nothing would pass. */
export function readDocuments(folder: string): Document[] {
  const files = readdirSync(folder).filter((name) => /^(discord_openapi|twilio_.+)\.json$/.test(name));
  if (files.length === 0)
    throw new Error(`No vendor documents (discord_openapi.json, twilio_*.json) in ${folder}.`);
  return files.map((name) => readDocument(name, JSON.parse(readFileSync(join(folder, name), 'utf8'))));
}

function readDocument(name: string, root: JsonObject): Document {
  const paths = objectAt(root, 'paths');
  const [firstPath] = Object.values(paths);
  // Twilio names the host at each path, Discord once for all.
  const servers = [root.servers, isObject(firstPath) ? firstPath.servers : undefined].flat();
  const url = servers
    .map((server) => objectAt({ server }, 'server').url)
    .find((it) => typeof it === 'string');
  const host = new URL(typeof url === 'string' ? url : 'https://unknown.invalid').host;
  const document: Document = {
    id: `vendor:/${name}`,
    service: name.startsWith('discord') ? 'discord' : 'twilio',
    product: host.split('.')[0] ?? host,
    root,
    operations: [],
  };
  const schemas = objectAt(objectAt(root, 'components'), 'schemas');
  const parts = allOfMembers(schemas);
  for (const [name, schema] of Object.entries(schemas)) adaptSchema(schema, document.id, parts.has(name));
  for (const [path, item] of Object.entries(paths)) {
    if (!isObject(item)) continue;
    for (const method of methods)
      if (isObject(item[method])) document.operations.push(readOperation(document, path, item, method));
  }
  return document;
}

function readOperation(document: Document, path: string, item: JsonObject, method: string): Operation {
  const source = objectAt(item, method);
  const responses = new Map<string, Map<string, JsonObject>>();
  for (const [status, response] of Object.entries(objectAt(source, 'responses')))
    responses.set(status, readContent(document, resolve(document, response)));
  return {
    document,
    method: method.toUpperCase(),
    path,
    segments: path.split('/').slice(1),
    parameters: [...listOf(item.parameters), ...listOf(source.parameters)].map((parameter) => ({
      name: String(parameter.name),
      in: String(parameter.in),
      required: parameter.required === true,
      schema: adapted(document, objectAt(parameter, 'schema')),
    })),
    requestBody: readContent(document, objectAt(source, 'requestBody')),
    requestBodyRequired: objectAt(source, 'requestBody').required === true,
    responses,
  };
}

function readContent(document: Document, holder: JsonObject): Map<string, JsonObject> {
  const content = Object.entries(objectAt(holder, 'content'));
  return new Map(content.map(([type, media]) => [type, adapted(document, objectAt(media, 'schema'))]));
}

const adaptedSchemas = new WeakSet<JsonObject>();

/** Shared response and parameter objects are met once for each operation, and must be adapted once. */
function adapted(document: Document, schema: JsonObject): JsonObject {
  if (!adaptedSchemas.has(schema)) adaptSchema(schema, document.id);
  adaptedSchemas.add(schema);
  return schema;
}

/** Follows references, relative or made absolute, inside one document. */
export function resolve(document: Document, node: unknown): JsonObject {
  if (!isObject(node)) return {};
  if (typeof node.$ref !== 'string') return node;
  const pointer = node.$ref.slice(node.$ref.indexOf('#') + 2);
  let target: unknown = document.root;
  for (const part of pointer.split('/'))
    target = isObject(target) ? target[part.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined;
  return resolve(document, target);
}

function listOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
