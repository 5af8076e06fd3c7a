import type { Fault } from '../src/core/faults.ts';
import type { FaultName, Rates } from './catalogue.ts';
import type { Clouds } from './clouds.ts';
import type { ChaosDatabase } from './database.ts';
import type { SmallDisk } from './disk.ts';
import type { Random } from './random.ts';
import type { SupervisedBridge } from './supervisor.ts';

export interface AdversaryOptions {
  clouds: Clouds;
  bridges: readonly SupervisedBridge[];
  leaseMs: number;
  rates: Rates;
  random: Random;
  database?: ChaosDatabase;
  disk?: SmallDisk;
  /** Called where bridge or gateway go away: somebody new writes right then. */
  onAway(): void;
}

const HOUR_MS = 3600_000;
const DISCORD = /^\/api\//;
const TWILIO = /^\/(?!api\/|attachments\/)/;
const WRITES = ['POST', 'PATCH', 'DELETE', 'PUT'];
/** What each cloud never documents, with the statuses that are read as something final the most. */
const SPURIOUS = [400, 404, 409, 410, 422];
/** Nothing happens in the first and last share of the time. */
const FIRST = 0.02;
const LAST = 0.95;

/** Does harm, and at the end undoes it. */
export function createAdversary(options: AdversaryOptions) {
  const { clouds, bridges, leaseMs, rates, random, database, disk } = options;
  const { faults, discord, trace } = clouds;
  const done = new Map<FaultName, number>();
  let over = false;

  const happen = (name: FaultName, what: string) => {
    done.set(name, (done.get(name) ?? 0) + 1);
    trace.event(`${name}: ${what}`);
  };
  const wait = (low: number, high: number) => Bun.sleep(random.between(low, high));

  /** Faults that hit a share of all requests or webhooks, for as long as the attack lasts. */
  function spread(): void {
    const add = (name: FaultName, fault: Omit<Fault, 'rate'>, share = 1) => {
      const rate = rates[name] * share;
      if (rate > 0) faults.add({ ...fault, rate });
    };
    const api = (name: FaultName, effect: Fault['effect'], more: Partial<Fault> = {}, share = 1) =>
      add(name, { on: 'api', effect, ...more }, share);
    for (const ms of [15_500, 18_000, 22_000])
      for (const method of WRITES) api('slow', { kind: 'latency', ms }, { method }, 1 / 3);
    api('reset-before', { kind: 'reset-before' });
    api('reset-after', { kind: 'reset-after' });
    api('status-503', { kind: 'status', status: 503, body: { message: 'Service Unavailable' } });
    api(
      'status-429',
      {
        kind: 'status',
        status: 429,
        body: { message: 'You are being rate limited.', retry_after: 0.3, global: false, code: 0 },
        headers: { 'Retry-After': '1', 'X-RateLimit-Scope': 'user' },
      },
      { match: DISCORD },
    );
    const tooMany = { code: 20429, message: 'Too Many Requests', status: 429 };
    api(
      'status-429',
      { kind: 'status', status: 429, body: tooMany, headers: { 'Retry-After': '1' } },
      { match: TWILIO },
    );
    for (const status of SPURIOUS) {
      const body = { code: 99_999, message: 'Something odd', status };
      api('spurious-4xx', { kind: 'status', status, body }, {}, 1 / SPURIOUS.length);
    }
    const hook = (name: FaultName, effect: Fault['effect'], match?: RegExp, share = 1) =>
      add(name, { on: 'webhook', effect, match }, share);
    hook('webhook-drop', { kind: 'drop' });
    hook('webhook-double', { kind: 'duplicate', extra: 1 });
    for (const ms of [100, 1000, 4000]) hook('webhook-late', { kind: 'delay', ms }, undefined, 1 / 3);
    hook('removal-drop', { kind: 'drop' }, /onMessageRemoved/);
    hook('removal-drop', { kind: 'delay', ms: 600 }, /onMessageAdded/, 0.2);
  }

  /**
   * With one that runs. Harms of different kinds may meet in it: one that is killed while it is frozen, or started while its
   * clock is wrong, is one that happens.
   */
  async function withBridge(work: (bridge: SupervisedBridge) => Promise<void>): Promise<void> {
    let running = bridges.filter((bridge) => bridge.isRunning());
    for (; running.length === 0; running = bridges.filter((bridge) => bridge.isRunning()))
      await Bun.sleep(50);
    await work(random.pick(running));
  }

  async function outage(name: 'outage-discord' | 'outage-twilio'): Promise<void> {
    const match = name === 'outage-discord' ? DISCORD : TWILIO;
    happen(name, 'begins, answers are lost');
    const lost = WRITES.map((method) =>
      faults.add({ on: 'api', method, match, effect: { kind: 'reset-after' } }),
    );
    const unread = faults.add({ on: 'api', method: 'GET', match, effect: { kind: 'status', status: 503 } });
    await Bun.sleep(1000);
    for (const remove of [...lost, unread]) remove();
    const remove = faults.add({ on: 'api', match, effect: { kind: 'status', status: 503 } });
    await wait(3000, 10_000);
    remove();
    trace.event(`${name}: over`);
  }

  const acts: Partial<Record<FaultName, () => Promise<void>>> = {
    kill: () =>
      withBridge(async (bridge) => {
        happen('kill', bridge.name);
        await bridge.kill();
        options.onAway();
        if (random.chance(0.5)) await wait(0, 2000);
        bridge.start();
        trace.event(`${bridge.name} is started again`);
      }),
    freeze: () =>
      withBridge(async (bridge) => {
        const ms = random.between(500, leaseMs * 1.6);
        happen('freeze', `${bridge.name} for ${Math.round(ms)} ms`);
        bridge.freeze();
        await Bun.sleep(ms);
        bridge.thaw();
      }),
    'outage-discord': () => outage('outage-discord'),
    'outage-twilio': () => outage('outage-twilio'),
    async 'gateway-drop'() {
      happen('gateway-drop', 'cut, can be resumed');
      if (random.chance(0.3)) discord.gateway.requestReconnect();
      else discord.gateway.dropConnections();
    },
    async 'gateway-lost'() {
      happen('gateway-lost', 'session lost');
      if (random.chance(0.3)) discord.gateway.invalidateSessions();
      else discord.gateway.dropConnections({ resumable: false });
      options.onAway();
    },
    async 'gateway-away'() {
      happen('gateway-away', 'begins');
      discord.gateway.refuse(true);
      discord.gateway.dropConnections({ resumable: false });
      options.onAway();
      await wait(1000, 6000);
      options.onAway();
      discord.gateway.refuse(false);
      trace.event('gateway-away: over');
    },
    async 'gateway-hole'() {
      happen('gateway-hole', 'begins');
      discord.gateway.blackhole();
      options.onAway();
      await Bun.sleep(5000);
      discord.gateway.dropConnections({ resumable: false });
    },
    async 'db-cut'() {
      happen('db-cut', 'every connection is terminated');
      await database?.terminateAll();
    },
    async 'db-away'() {
      happen('db-away', 'begins');
      database?.proxy.refuse(true);
      await wait(2000, 8000);
      database?.proxy.refuse(false);
      trace.event('db-away: over');
    },
    async 'db-stall'() {
      happen('db-stall', 'begins');
      database?.proxy.stall(true);
      await wait(2000, 8000);
      database?.proxy.stall(false);
      trace.event('db-stall: over');
    },
    clock: () =>
      withBridge(async (bridge) => {
        const offset = random.pick([-HOUR_MS, HOUR_MS]);
        happen('clock', `${bridge.name} ${offset > 0 ? 'an hour forward' : 'an hour back'}`);
        bridge.setClock(offset);
        await wait(3000, 10_000);
        bridge.setClock(0);
        trace.event(`clock: ${bridge.name} is right again`);
      }),
    async 'disk-full'() {
      happen('disk-full', 'begins');
      disk?.fill();
      await wait(2000, 5000);
      disk?.release();
      trace.event('disk-full: over');
    },
  };

  async function repeat(name: FaultName, act: () => Promise<void>, seconds: number): Promise<void> {
    const share = name === 'kill' ? 1 : seconds / 60;
    const wanted = rates[name] * share;
    const count = wanted > 0 ? Math.max(1, Math.round(wanted)) : 0;
    const times = Array.from(
      { length: count },
      (_, n) =>
        // Spread evenly, and shaken by up to half of the distance.
        FIRST + ((n + random.next()) / count) * (LAST - FIRST),
    );
    const began = performance.now();
    for (const time of times) {
      await Bun.sleep(Math.max(0, time * seconds * 1000 - (performance.now() - began)));
      if (over) return;
      await act();
    }
  }

  return {
    /** Resolves when the last harm is done; `heal` is still needed. */
    async attack(seconds: number): Promise<void> {
      over = false;
      spread();
      const all = Object.entries(acts) as [FaultName, () => Promise<void>][];
      await Promise.all(all.map(([name, act]) => repeat(name, act, seconds)));
    },
    /** Nothing is wrong any more from here on. */
    heal(): void {
      over = true;
      faults.clear();
      discord.gateway.refuse(false);
      database?.proxy.refuse(false);
      database?.proxy.stall(false);
      disk?.release();
      for (const bridge of bridges) {
        bridge.thaw();
        bridge.setClock(0);
        bridge.start();
      }
      trace.event('everything is healthy again');
    },
    /** How often each fault happened; those that hit a share of requests are in the trace. */
    done: () => Object.fromEntries(done),
  };
}
