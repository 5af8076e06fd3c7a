import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Document } from './documents.ts';
import type { JsonObject } from './json.ts';

/** A place where a value does not fit its schema. */
export interface Mismatch {
  /** JSON pointer into the value. */
  pointer: string;
  what: string;
}

export interface Validator {
  /** Values as JSON has them. */
  json(schema: JsonObject, value: unknown): Mismatch[];
  /** Values as text, as parameters and forms carry them: `"20"` fits an integer. Changes the value. */
  text(schema: JsonObject, value: unknown): Mismatch[];
}

/** Compiles a schema when it is first needed; ajv keeps the result for the same schema object. */
export function createValidator(documents: Document[]): Validator {
  const json = createAjv(documents, false);
  const text = createAjv(documents, 'array');
  return {
    json: (schema, value) => check(json, schema, value),
    text: (schema, value) => check(text, schema, value),
  };
}

function createAjv(documents: Document[], coerceTypes: false | 'array'): Ajv2020 {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    verbose: true,
    logger: false,
    validateSchema: false,
    coerceTypes,
  });
  addFormats.default(ajv);
  ajv.addFormat('snowflake', (value) => /^\d{1,20}$/.test(value) && BigInt(value) < 2n ** 64n);
  for (const document of documents) ajv.addSchema(document.root, document.id);
  return ajv;
}

function check(ajv: Ajv2020, schema: JsonObject, value: unknown): Mismatch[] {
  const validate = ajv.compile(schema);
  if (validate(value)) return [];
  const errors = validate.errors ?? [];
  const unions = errors.filter((error) => error.keyword === 'anyOf');
  // A union reports the errors of all its variants: those of the nearest variant say more than all together.
  const outer = unions.filter((union) => !unions.some((it) => it !== union && isWithin(union, it)));
  const plain = errors.filter(
    (error) => error.keyword !== 'anyOf' && !outer.some((it) => isWithin(error, it)),
  );
  return [...plain.map(toMismatch), ...outer.flatMap((union) => nearestVariant(ajv, union))];
}

function isWithin(error: ErrorObject, union: ErrorObject): boolean {
  return error.instancePath === union.instancePath || error.instancePath.startsWith(`${union.instancePath}/`);
}

function nearestVariant(ajv: Ajv2020, union: ErrorObject): Mismatch[] {
  const variants = (Array.isArray(union.schema) ? union.schema : []) as JsonObject[];
  const attempts = variants.map((variant) => check(ajv, variant, union.data));
  // A wrong `type` means another variant was meant, so it weighs more than anything else.
  const weight = (attempt: Mismatch[]) =>
    attempt.length + (attempt.some((it) => it.pointer === '' || it.pointer === '/type') ? 1000 : 0);
  const [nearest = []] = attempts.sort((a, b) => weight(a) - weight(b));
  return nearest.map(({ pointer, what }) => ({ pointer: union.instancePath + pointer, what }));
}

function toMismatch(error: ErrorObject): Mismatch {
  const { instancePath, keyword, params } = error;
  if (keyword === 'unevaluatedProperties')
    return { pointer: `${instancePath}/${params.unevaluatedProperty}`, what: 'is not in the document' };
  if (keyword === 'additionalProperties')
    return { pointer: `${instancePath}/${params.additionalProperty}`, what: 'is not in the document' };
  if (keyword === 'required')
    return { pointer: `${instancePath}/${params.missingProperty}`, what: 'is required and missing' };
  if (keyword === 'enum')
    return { pointer: instancePath, what: `must be one of ${JSON.stringify(params.allowedValues)}` };
  return { pointer: instancePath, what: error.message ?? `breaks ${keyword}` };
}
