import { type TLiteral, type TUnion, Type } from '@sinclair/typebox';

type Literals<Values extends readonly string[]> = {
  -readonly [Index in keyof Values]: TLiteral<Values[Index]>;
};

/** The schema of a text that is one of `values`. */
export const oneOf = <const Values extends readonly string[]>(
  values: Values,
  options?: { description: string },
): TUnion<Literals<Values>> =>
  Type.Union(
    values.map((value) => Type.Literal(value)),
    options,
  ) as unknown as TUnion<Literals<Values>>;
