import type { Tx } from '../store/open.ts';
import type { RefusalReason } from './errors.ts';
import type { EntryKey, Lane } from './keys.ts';

declare const made: unique symbol;

/** Something that came in, or something that must go out; made by the constructor of its kind. */
export interface NewEntry<Kind extends string = string, Payload = unknown> extends EntryAddress {
  readonly kind: Kind;
  readonly payload: Payload;
  readonly [made]: true;
}

export interface EntryAddress {
  readonly lane: Lane;
  readonly key: EntryKey;
  /** Milliseconds since the epoch. Only for lanes that hold a single entry: it makes the whole lane wait. */
  readonly notBefore?: number;
  /** When that happened which the entry tells of, where it says so; in milliseconds since the epoch. */
  readonly happenedAt?: number | undefined;
}

/** What a handler is given beside the payload. */
export interface Attempt {
  key: EntryKey;
  lane: Lane;
  /** An earlier attempt may have taken effect: read back before sending again. */
  uncertain: boolean;
  /**
   * Where it may have taken effect in an earlier life of a store that was restored: since when the store knows nothing, in
   * milliseconds since the epoch. What was sent may then be of an older version, and stands where nobody remembers.
   */
  forgottenSince: number | null;
  failures: number;
  /** What earlier attempts saved. */
  progress: unknown;
  /** When the entry was journalled, in milliseconds since the epoch. */
  createdAt: number;
  save(progress: unknown): Promise<void>;
  /** Throws where another process may have taken over. Call it right before something leaves that cannot be taken back. */
  assertOwned(): void;
}

/** What a handler returns: nothing more to do, what it wants committed with its end, or when to be called again. */
export type Handled =
  | { outcome?: unknown; commit?: (tx: Tx) => Promise<void>; againInMs?: undefined }
  | { againInMs: number }
  | undefined;

/** Works off the entries of one kind. One of `decide` and `run` is there, or both. */
export interface Handler<Payload> {
  /**
   * Decides by the store alone, in the transaction that journals the entry where nothing waits before it, else in one of
   * its own. `run`: not this one; it is given to `run`, and nothing of this call is kept.
   */
  decide?(tx: Tx, payload: Payload, cause: Cause): Promise<'run' | undefined>;
  /** Does what takes requests. */
  run?(payload: Payload, attempt: Attempt): Promise<Handled>;
  /** Called in the transaction that parks the entry; tells the sender's side. */
  refused?(tx: Tx, payload: Payload, reason: RefusalReason, key: EntryKey): Promise<void>;
  /** Called once in the transaction that keeps an entry waiting that has been failing for a minute; tells the sender's side. */
  delayed?(tx: Tx, payload: Payload, key: EntryKey): Promise<void>;
}

/** What a decision is made for. */
export interface Cause {
  key: EntryKey;
  /** When the entry was journalled, in milliseconds since the epoch. */
  createdAt: number;
}

/** A kind and what works off its entries; made by `handledBy`. */
export interface Registration<Kind extends string = string> {
  readonly kind: Kind;
  readonly handler: Handler<unknown>;
}

/**
 * A kind of entry: called, it makes one. It stands beside its handler, or, where that is in an adapter, in the room that
 * sends it; whoever looks for what an entry leads to follows the references to `handledBy`.
 */
export interface EntryType<Kind extends string, Payload, Args extends unknown[]> {
  (payload: Payload, ...args: Args): NewEntry<Kind, Payload>;
  readonly kind: Kind;
  handledBy(handler: Handler<Payload>): Registration<Kind>;
}

// biome-ignore lint/suspicious/noExplicitAny: payloads and arguments differ from kind to kind.
type AnyEntryType = EntryType<string, any, any[]>;

/** The payload of a kind: `PayloadOf<typeof memberWrote>`. */
export type PayloadOf<Type> = Type extends EntryType<string, infer Payload, never> ? Payload : never;

/**
 * Defines a kind of entry, once. `address` says in which lane its entries wait and under which key, out of the payload and
 * whatever else a caller gives. What is defined by an earlier version stays readable: payloads only ever gain members.
 */
export function defineEntry<const Kind extends string, Payload, Args extends unknown[]>(
  kind: Kind,
  address: (payload: Payload, ...args: Args) => EntryAddress,
): EntryType<Kind, Payload, Args> {
  const make = (payload: Payload, ...args: Args) =>
    ({ ...address(payload, ...args), kind, payload }) as NewEntry<Kind, Payload>;
  return Object.assign(make, {
    kind,
    handledBy: (handler: Handler<Payload>): Registration<Kind> => ({
      kind,
      handler: handler as Handler<unknown>,
    }),
  });
}

declare const complete: unique symbol;

/** A handler for every kind, made by `handlersFor`. */
export type Handlers = ReadonlyMap<string, Handler<unknown>> & { readonly [complete]: true };

/** The kinds that modules export. */
type EntryTypesOf<Module> = Module extends object ? Extract<Module[keyof Module], AnyEntryType> : never;

/** Its recursion is in the tail, or the compiler would give up at fifty kinds. */
type Twice<All extends readonly Registration[], Seen = never, Found = never> = All extends readonly [
  infer First extends Registration,
  ...infer Rest extends readonly Registration[],
]
  ? Twice<Rest, Seen | First['kind'], Found | (First['kind'] extends Seen ? First['kind'] : never)>
  : Found;

type Checked<Kinds extends string, All extends readonly Registration[]> = [
  Exclude<Kinds, All[number]['kind']> | Exclude<All[number]['kind'], Kinds> | Twice<All>,
] extends [never]
  ? Handlers
  : {
      'kinds without a handler': Exclude<Kinds, All[number]['kind']>;
      'kinds that no module defines': Exclude<All[number]['kind'], Kinds>;
      'kinds with two handlers': Twice<All>;
    };

/**
 * Joins the handlers of all kinds that `modules` export. A kind without a handler, or with two, is no set of handlers for
 * the compiler, and throws.
 */
export function handlersFor<
  const Modules extends readonly object[],
  const All extends readonly Registration[],
>(modules: Modules, registrations: All): Checked<EntryTypesOf<Modules[number]>['kind'], All> {
  const handlers = new Map<string, Handler<unknown>>();
  for (const { kind, handler } of registrations) {
    if (handlers.has(kind)) throw new Error(`the kind ${kind} has two handlers`);
    handlers.set(kind, handler);
  }
  for (const exported of modules.flatMap((module) => Object.values(module))) {
    if (isEntryType(exported) && !handlers.has(exported.kind))
      throw new Error(`the kind ${exported.kind} has no handler`);
  }
  return handlers as unknown as Checked<EntryTypesOf<Modules[number]>['kind'], All>;
}

const isEntryType = (value: unknown): value is AnyEntryType =>
  typeof value === 'function' && 'handledBy' in value && 'kind' in value;
