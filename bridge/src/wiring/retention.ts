import { HOUR_MS } from '@flexcord/shared/time';
import { createCards } from '../cases/public/cards.ts';
import { createRetention } from '../privacy/retention.ts';
import { holdLease } from '../relay/lease.ts';
import { createMemberEraser } from '../twilio/conversations/erase-member.ts';
import type { Clouds } from './clouds.ts';
import type { Core } from './core.ts';

/** Deletes every hour, in one process of all that share the store, what is older than the operator wants it kept. */
export async function startRetention(core: Core, { twilio, media }: Clouds): Promise<() => Promise<void>> {
  const { config, store, relay, logger, owner, heartbeat, agentTexts } = core;
  const { erasedMember, expiredCase } = agentTexts.privacy;
  const retention = createRetention({
    store,
    logger,
    cards: createCards({ store, relay }),
    words: { case: expiredCase, member: erasedMember },
    twilio:
      config.RETENTION_TWILIO === 'delete'
        ? createMemberEraser({ twilio, media, workspaceSid: config.TWILIO_WORKSPACE_SID })
        : null,
    days: {
      conversations: config.RETENTION_CONVERSATIONS,
      cases: config.RETENTION_CASES,
      notes: config.RETENTION_NOTES,
      lessons: config.RETENTION_LESSONS,
      journal: config.RETENTION_JOURNAL,
      members: config.RETENTION_MEMBERS,
    },
  });
  const lease = await holdLease({
    ...{ store, name: 'retention', owner, heartbeat, logger },
    isFatal: () => false,
    async begin(lost) {
      let running: Promise<unknown> = retention.run(lost);
      const timer = setInterval(() => {
        running = running.then(() => retention.run(lost));
      }, HOUR_MS);
      return {
        async stop() {
          clearInterval(timer);
          await running;
        },
      };
    },
  });
  return () => lease.stop();
}
