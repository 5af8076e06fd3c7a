import type { Rates, StoreName } from './catalogue.ts';

export interface ChaosOptions {
  seed: string;
  store: StoreName;
  /** Where databases can be made, for PostgreSQL. */
  databaseUrl?: string;
  processes: number;
  conversations: number;
  /** Public threads that are with the team from the start. */
  threads: number;
  /** Those of the attack; what brings the members to agents before comes on top. */
  messages: number;
  seconds: number;
  routing: 'studio' | 'bridge';
  leaseMs: number;
  rates: Rates;
  /** How long everything healthy may take until it is quiet. */
  settleSeconds: number;
  /** Keeps stores and logs of the bridges in this folder. */
  keep?: string;
  /** Breaks off; what was started is ended all the same. */
  signal?: AbortSignal;
  onProgress(line: string): void;
  /** Called with what must not be overlooked. */
  onWarning(text: string): void;
}
