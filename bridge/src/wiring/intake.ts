import { createIntake } from '../discord/gateway/intake.ts';
import { createPublicIntake } from '../discord/gateway/public-intake.ts';
import type { Clouds } from './clouds.ts';
import type { Core } from './core.ts';

/** Wires what writes events of Discord into the journal. */
export function createIntakeModule({ config, store, relay, agentTexts }: Core, { guildLookup }: Clouds) {
  const reading = {
    texts: agentTexts.message,
    language: agentTexts.locale,
    timeZone: config.BUSINESS_TIME_ZONE,
    names: guildLookup.names,
  };
  return {
    intake: createIntake(relay, store, reading),
    publicIntake: createPublicIntake(relay, store, reading),
  };
}

export type IntakeModule = ReturnType<typeof createIntakeModule>;
