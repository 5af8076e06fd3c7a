/** What a fault does to a request that it hits. */
export type FaultEffect =
  /** Answers late, by `ms` milliseconds. */
  | { kind: 'latency'; ms: number }
  /** Answers `status` without doing the work. */
  | { kind: 'status'; status: number; body?: unknown; headers?: Record<string, string> }
  /** Resets the connection before the work is done. */
  | { kind: 'reset-before' }
  /** Does the work, then resets the connection instead of answering: the caller cannot know. */
  | { kind: 'reset-after' }
  /** Webhooks only: never sent. */
  | { kind: 'drop' }
  /** Webhooks only: sent `extra` more times. */
  | { kind: 'duplicate'; extra: number }
  /** Webhooks only: sent `ms` milliseconds later, so that later ones overtake it. */
  | { kind: 'delay'; ms: number };

export interface Fault {
  /** `api`: requests that reach a stand-in; `webhook`: requests that a stand-in sends out. */
  on: 'api' | 'webhook';
  /** HTTP method; any when absent. */
  method?: string;
  /** Tested against the path with its query (api) or against the event type (webhook). */
  match?: RegExp;
  /** Share of matching requests that are hit, 0 to 1. Default 1. */
  rate?: number;
  /** How many hits until the fault removes itself. Default: for ever. */
  times?: number;
  effect: FaultEffect;
}

/** Faults on demand, shared by every stand-in of one sandbox. */
export class Faults {
  #active: Fault[] = [];

  /** `random` decides rates; pass a seeded source to make a run repeatable. */
  constructor(private readonly random: () => number = Math.random) {}

  add(fault: Fault): () => void {
    const own = { ...fault };
    this.#active.push(own);
    return () => {
      this.#active = this.#active.filter((f) => f !== own);
    };
  }

  clear(): void {
    this.#active = [];
  }

  list(): readonly Fault[] {
    return this.#active;
  }

  /** The effects that hit this request, in the order in which the faults were added. */
  hit(on: Fault['on'], method: string, subject: string): FaultEffect[] {
    const effects: FaultEffect[] = [];
    for (const fault of [...this.#active]) {
      if (fault.on !== on) continue;
      if (fault.method && fault.method.toUpperCase() !== method.toUpperCase()) continue;
      if (fault.match && !fault.match.test(subject)) continue;
      if (fault.rate !== undefined && this.random() >= fault.rate) continue;
      if (fault.times !== undefined) {
        fault.times -= 1;
        if (fault.times <= 0) this.#active = this.#active.filter((f) => f !== fault);
      }
      effects.push(fault.effect);
    }
    return effects;
  }
}
