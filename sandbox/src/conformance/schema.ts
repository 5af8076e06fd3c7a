import { isObject, type JsonObject } from './json.ts';

const singleSchemas = ['items', 'additionalProperties', 'not', 'contains', 'propertyNames'];
const schemaLists = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const schemaMaps = ['properties', 'patternProperties'];

/**
 * Turns a schema of an OpenAPI document, in place, into what a JSON Schema 2020-12 validator understands:
 * - references become absolute, so that any part can be compiled by itself;
 * - OpenAPI 3.0's `nullable` becomes a type;
 * - `oneOf` becomes `anyOf`: the vendors' variants overlap (an optional property decides), and "exactly one" would refuse valid bodies;
 * - objects are closed, so that an undocumented property is found. Members of `allOf` stay open: the whole is closed instead.
 */
export function adaptSchema(schema: unknown, documentId: string, memberOfAllOf = false): void {
  if (!isObject(schema)) return;
  if (typeof schema.$ref === 'string' && schema.$ref.startsWith('#'))
    schema.$ref = `${documentId}${schema.$ref}`;
  if (schema.nullable === true) allowNull(schema);
  delete schema.nullable;
  // Discord writes enums whose values it does not publish as empty ones.
  if (Array.isArray(schema.enum) && schema.enum.length === 0) delete schema.enum;
  if (Array.isArray(schema.oneOf) && schema.anyOf === undefined) {
    schema.anyOf = schema.oneOf;
    delete schema.oneOf;
  }
  // 64-bit bounds are written as doubles in the documents and say nothing that the format does not.
  if (schema.format === 'int64') {
    delete schema.minimum;
    delete schema.maximum;
  }
  const describesObject = isObject(schema.properties) || (Array.isArray(schema.allOf) && !memberOfAllOf);
  if (describesObject && !memberOfAllOf && schema.additionalProperties === undefined)
    schema.unevaluatedProperties = false;

  for (const key of singleSchemas) adaptSchema(schema[key], documentId);
  for (const key of schemaLists) {
    const list = schema[key];
    if (Array.isArray(list)) for (const entry of list) adaptSchema(entry, documentId, key === 'allOf');
  }
  for (const key of schemaMaps) {
    const map = schema[key];
    if (isObject(map)) for (const entry of Object.values(map)) adaptSchema(entry, documentId);
  }
}

function allowNull(schema: JsonObject): void {
  if (typeof schema.type === 'string') schema.type = [schema.type, 'null'];
  if (Array.isArray(schema.enum) && !schema.enum.includes(null)) schema.enum = [...schema.enum, null];
}

/** Names of the shared schemas that others extend through `allOf`. */
export function allOfMembers(schemas: JsonObject): Set<string> {
  const names = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const members = isObject(node) && Array.isArray(node.allOf) ? node.allOf : [];
    for (const member of members)
      if (isObject(member) && typeof member.$ref === 'string') names.add(member.$ref.split('/').at(-1) ?? '');
    Object.values(node).forEach(visit);
  };
  visit(schemas);
  return names;
}
