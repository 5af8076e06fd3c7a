import { createIntake } from '../discord/gateway/intake.ts';
import { createPublicIntake } from '../discord/gateway/public-intake.ts';
import type { Clouds } from './clouds.ts';
import type { Core } from './core.ts';

/** Wires what writes events of Discord into the journal. */
export const createIntakeModule = ({ store, relay }: Core, { reading }: Clouds) => ({
  intake: createIntake(relay, store, reading),
  publicIntake: createPublicIntake(relay, store, reading),
});

export type IntakeModule = ReturnType<typeof createIntakeModule>;
