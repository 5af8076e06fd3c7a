import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forwarder, original } from '../relay/kinds.ts';
import { burst } from '../relay/load.ts';
import { type Running, startRelay } from '../relay/running.ts';

const folder = mkdtempSync(join(tmpdir(), 'flexcord-baselines-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

for (const [kind, twilioRequests] of [
  [forwarder, 1],
  [original, 3],
] as const) {
  describe(kind.name, () => {
    let relay: Running;
    beforeAll(async () => {
      relay = await startRelay(kind, { folder, shim: null, postgres: null });
      await relay.openChats(2);
      // discord.js asks for a member's channel once.
      await burst(relay, 'agent → member', 2);
    });
    afterAll(() => relay?.stop());

    for (const [direction, requests] of [
      ['member → agent', { Twilio: twilioRequests, Discord: 0 }],
      ['agent → member', { Twilio: 0, Discord: 1 }],
    ] as const) {
      test(`carries each message once ${direction}, with as many requests as its design has`, async () => {
        const before = relay.clouds.requests();
        const { missing } = await burst(relay, direction, 4);
        const after = relay.clouds.requests();
        expect(missing).toBe(0);
        expect(relay.traffic.strays).toBe(0);
        expect({
          Twilio: (after.Twilio - before.Twilio) / 4,
          Discord: (after.Discord - before.Discord) / 4,
        }).toEqual(requests);
      });
    }
  });
}
