import fc from 'fast-check';

/** How often, of so many parts of a value, one is something else than its schema says. */
const ODD = { odd: 1, fitting: 30 };

/** The keywords of JSON Schema that the contract is written with. */
export interface Schema {
  const?: unknown;
  anyOf?: Schema[];
  type?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
  required?: string[];
}

/**
 * Values that fit a schema nearly everywhere, so that they come through its check. `text` is what stands where any text may;
 * `known` what stands where something is named, such as an id.
 */
export function fitting(
  schema: Schema,
  text: fc.Arbitrary<string>,
  known: readonly string[],
): fc.Arbitrary<unknown> {
  const fit = (of: Schema): fc.Arbitrary<unknown> =>
    fc.oneof({ weight: ODD.odd, arbitrary: fc.anything() }, { weight: ODD.fitting, arbitrary: asTold(of) });

  function asTold(of: Schema): fc.Arbitrary<unknown> {
    if ('const' in of) return fc.constant(of.const);
    if (of.anyOf) return fc.oneof(...of.anyOf.map(fit));
    switch (of.type) {
      case 'string':
        return stringsOf(of);
      case 'integer':
      case 'number': {
        const { minimum: min = -1, maximum: max = 2 ** 53 - 1 } = of;
        return fc.oneof(fc.integer({ min, max }), fc.integer({ min, max: Math.min(max, min + 3) }));
      }
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      case 'array': {
        const minLength = of.minItems ?? 0;
        const maxLength = Math.max(minLength, Math.min(of.maxItems ?? 5, 40));
        return fc.array(fit(of.items ?? {}), { minLength, maxLength });
      }
      case 'object': {
        const [values] = Object.values(of.patternProperties ?? {});
        if (values) return fc.dictionary(text, fit(values), { maxKeys: 5 });
        const properties: Record<string, fc.Arbitrary<unknown>> = Object.fromEntries(
          Object.entries(of.properties ?? {}).map(([name, value]) => [name, fit(value)]),
        );
        return fc.record(properties, { requiredKeys: of.required ?? [] });
      }
      default:
        return fc.anything();
    }
  }

  function stringsOf({ pattern, minLength = 0, maxLength = 5_000 }: Schema): fc.Arbitrary<string> {
    if (pattern) return fc.oneof(fc.stringMatching(new RegExp(pattern)), fc.constantFrom(...known));
    const any = text.map((one) => one.padEnd(minLength, '_').slice(0, maxLength));
    return fc.oneof({ weight: 3, arbitrary: any }, { weight: 1, arbitrary: fc.constantFrom(...known) });
  }

  return fit(schema);
}
