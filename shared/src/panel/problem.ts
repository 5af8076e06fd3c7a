import { type Static, Type } from '@sinclair/typebox';

/** Every answer of the panel API that is not a success. `message` is a sentence an agent may read. */
export const PanelProblem = Type.Object({
  code: Type.Union([
    Type.Literal('unauthorized'),
    Type.Literal('forbidden'),
    Type.Literal('not-found'),
    Type.Literal('invalid'),
    /** The version named is not the present one. */
    Type.Literal('conflict'),
    Type.Literal('too-many-requests'),
    Type.Literal('unavailable'),
  ]),
  message: Type.String(),
});
export type PanelProblem = Static<typeof PanelProblem>;
