import { type Static, Type } from '@sinclair/typebox';

/** Everybody who can be given work in Flex, by name. */
export const PanelAgents = Type.Object({
  agents: Type.Array(Type.Object({ identity: Type.String(), name: Type.String() })),
});
export type PanelAgents = Static<typeof PanelAgents>;
