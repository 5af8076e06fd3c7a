import { type Static, Type } from '@sinclair/typebox';

/**
 * A field that the operator added to cases (`CASE_FIELDS`) or members (`MEMBER_FIELDS`). Values travel as text: a number
 * as `12.5`, a boolean as `true` or `false`, a date as `2026-11-24`, a select as one of its options.
 */
export const FieldDefinition = Type.Object(
  {
    key: Type.String({ pattern: '^[a-z][a-z0-9_-]{0,39}$' }),
    label: Type.String({ minLength: 1, maxLength: 45 }),
    /** The label in other languages, by Discord locale, such as `ja`. */
    labels: Type.Optional(Type.Record(Type.String(), Type.String({ minLength: 1, maxLength: 45 }))),
    type: Type.Union([
      Type.Literal('text'),
      Type.Literal('number'),
      Type.Literal('select'),
      Type.Literal('boolean'),
      Type.Literal('date'),
    ]),
    /** Of a select, and of nothing else. */
    options: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
        minItems: 1,
        maxItems: 25,
        uniqueItems: true,
      }),
    ),
  },
  { additionalProperties: false },
);
export type FieldDefinition = Static<typeof FieldDefinition>;

/** At most 25, each key once. */
export const FieldDefinitions = Type.Array(FieldDefinition, { maxItems: 25 });
export type FieldDefinitions = Static<typeof FieldDefinitions>;

/** What the operator added. */
export const PanelFields = Type.Object({ case: FieldDefinitions, member: FieldDefinitions });
export type PanelFields = Static<typeof PanelFields>;

/** A member's values of the operator's fields, by key. */
export const MemberFields = Type.Object({ fields: Type.Record(Type.String(), Type.String()) });
export type MemberFields = Static<typeof MemberFields>;

/** Sets those named; an empty text removes one. */
export const MemberFieldsEdit = Type.Object({
  fields: Type.Record(Type.String(), Type.String({ maxLength: 2000 })),
});
export type MemberFieldsEdit = Static<typeof MemberFieldsEdit>;
