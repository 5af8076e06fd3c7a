import { Elysia, t } from 'elysia';
import { workerKeys } from './people.ts';
import type { World } from './world.ts';

/** How long the page waits for a task that is about to come, in milliseconds. */
const OFFER_TIMEOUT_MS = 10_000;

const params = t.Object({ worker: t.UnionEnum(workerKeys) });

/** What the page does on the side of Flex, under `/workers/:worker`; the tour plays an agent by the driver's own calls. */
export function workerRoutes(world: () => World) {
  const done = () => new Response(null, { status: 204 });
  return (
    new Elysia({ prefix: '/workers/:worker' })
      .guard({ params })
      // Whoever is at the desk takes tasks; a supervisor or administrator chooses that in Flex.
      .post('/desk', async ({ params: { worker } }) => {
        const agent = world().agents[worker];
        if (agent.roles.includes('agent')) agent.setAvailable(true);
        return { url: await world().flexUrl(worker) };
      })
      .post('/accept', async ({ params: { worker } }) => {
        const agent = world().agents[worker];
        const offers = agent.reservations();
        const accepted = offers.findLast(({ status }) => status === 'accepted');
        const isOffered = offers.some(({ status }) => status === 'pending');
        if (accepted && !isOffered) return { reservationSid: accepted.sid };
        const offer = await agent.waitForReservation(undefined, { timeoutMs: OFFER_TIMEOUT_MS });
        await agent.accept(offer);
        return { reservationSid: offer.sid };
      })
      .post(
        '/say',
        ({ params: { worker }, body }) => {
          const agent = world().agents[worker];
          const task = agent.tasks().at(-1);
          if (!task?.conversationSid) throw new Error(`${agent.fullName} has no conversation.`);
          agent.send(task.conversationSid, body.text);
          return done();
        },
        { body: t.Object({ text: t.String({ minLength: 1, maxLength: 2000 }) }) },
      )
  );
}
