import type { FaultEffect } from '../src/core/faults.ts';
import type { Trace } from '../src/core/serve.ts';
import { type Direction, directionOf, marksIn, tokensIn } from './book.ts';

interface Line {
  at: number;
  text: string;
}

const MAX_LINES = 400_000;
const IDS = /\b(?:IM|CH)[0-9a-f]{32}\b/g;
const PLACE = /\/(?:channels\/(\d+)|Conversations\/(CH[0-9a-f]{32}))\//;
const DISCORD_MESSAGE = /\/messages\/(\d+)/;

/** What happened, by message and by place: what the clouds were asked and answered, and which faults there were. */
export function createTrace() {
  const startedAt = Date.now();
  const events: Line[] = [];
  const byKey = new Map<string, Line[]>();
  const aliases = new Map<string, string>();
  const versions = new Map<string, number>();
  /** The ids under which a piece of text stood on the side that it goes to. */
  const places = new Map<string, Set<string>>();
  const ended = new Set<string>();
  const hits = new Map<string, number>();
  let lines = 0;

  function note(keys: Iterable<string>, line: Line): void {
    if (lines > MAX_LINES) return;
    for (const key of new Set(keys)) {
      const own = byKey.get(key) ?? [];
      byKey.set(key, own);
      own.push(line);
      lines += 1;
    }
  }

  const since = (at: number) => `${((at - startedAt) / 1000).toFixed(2)} s`;
  const effectsOf = (effects: readonly FaultEffect[]) =>
    effects.map((effect) => JSON.stringify(effect).slice(0, 120)).join(' ');
  const count = (on: string, effects: readonly FaultEffect[]) => {
    for (const effect of effects) {
      const name = `${on} ${effect.kind === 'status' ? effect.status : effect.kind}`;
      hits.set(name, (hits.get(name) ?? 0) + 1);
    }
  };
  const resolve = (id: string) => aliases.get(id) ?? id;

  return {
    startedAt,
    since,
    /** A fault, or something else that belongs into every history of that time. */
    event(text: string): void {
      events.push({ at: Date.now(), text });
    },
    /** That a message with this id stands on the side that `direction` leads to, or that it was written on the other. */
    shows(direction: Direction, id: string, text: string): void {
      for (const { token, part, version } of marksIn(text)) {
        aliases.set(id, token);
        if (directionOf(token) !== direction) continue;
        versions.set(token, Math.max(versions.get(token) ?? 0, version));
        const key = `${token} ${part}`;
        places.set(key, (places.get(key) ?? new Set()).add(id));
      }
    },
    /** How many pieces of text were shown more than once, those that were taken back again included. */
    everTwice: () => [...places.values()].filter(({ size }) => size > 1).length,
    /** An agent ends the chat. */
    ends(conversationSid: string): void {
      ended.add(conversationSid);
    },
    wasEnded: (conversationSid: string) => ended.has(conversationSid),
    highestVersion: (token: string) => versions.get(token) ?? 0,
    /** How many messages have been seen on the side that they go to. */
    arrived: () => versions.size,
    request({ service, method, path, body, at, effects, status }: Trace): void {
      count(service, effects);
      const text = new TextDecoder('latin1').decode(body);
      const place = PLACE.exec(path);
      const message = DISCORD_MESSAGE.exec(path)?.[1];
      const keys = [
        ...tokensIn(text),
        ...(path.match(IDS) ?? []).map(resolve),
        ...(message ? [resolve(message)] : []),
        ...(place ? [place[1] ?? place[2] ?? ''] : []),
      ];
      const faults = effects.length > 0 ? ` [${effectsOf(effects)}]` : '';
      const took = Date.now() - at > 1000 ? ` after ${((Date.now() - at) / 1000).toFixed(1)} s` : '';
      note(keys, {
        at,
        text: `${service} ${method} ${path.slice(0, 200)} → ${status ?? 'not done'}${took}${faults}`,
      });
    },
    webhook(event: string, fields: Record<string, string>, outcome: string): void {
      const keys = [
        ...tokensIn(fields.Body ?? ''),
        ...(fields.MessageSid ? [resolve(fields.MessageSid)] : []),
        ...(fields.ConversationSid ? [fields.ConversationSid] : []),
      ];
      note(keys, { at: Date.now(), text: `webhook ${event} ${fields.MessageSid ?? ''} → ${outcome}` });
    },
    webhookFault(event: string, fields: Record<string, string>, effects: readonly FaultEffect[]): void {
      count('webhook', effects);
      this.webhook(event, fields, effectsOf(effects));
    },
    /** How many requests and webhooks were hit, by what hit them. */
    hits: () => Object.fromEntries(hits),
    /** What is known of a key, and the faults around it, in order of time. */
    history(key: string, { from, until, most }: { from: number; until: number; most: number }): string[] {
      const near = ({ at }: Line) => at >= from && at <= until;
      const own = (byKey.get(key) ?? []).filter(near);
      const shown = [...own.slice(0, most), ...events.filter(near).slice(0, most)];
      return shown.sort((a, b) => a.at - b.at).map(({ at, text }) => `${since(at).padStart(9)}  ${text}`);
    },
    events: () => events.map(({ at, text }) => ({ seconds: (at - startedAt) / 1000, what: text })),
  };
}

export type ChaosTrace = ReturnType<typeof createTrace>;
