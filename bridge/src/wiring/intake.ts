import { createIntake } from '../discord/gateway/intake.ts';
import type { Clouds } from './clouds.ts';
import type { Core } from './core.ts';

/** Wires what writes events of Discord into the journal. */
export function createIntakeModule({ config, store, relay, agentTexts }: Core, { guildLookup }: Clouds) {
  const intake = createIntake(relay, store, {
    texts: agentTexts.message,
    language: agentTexts.locale,
    timeZone: config.BUSINESS_TIME_ZONE,
    names: guildLookup.names,
  });
  return { intake };
}

export type IntakeModule = ReturnType<typeof createIntakeModule>;
