import { createCards } from '../cases/public/cards.ts';
import { guildQueries } from '../guilds/guilds.ts';
import { createAgentNames } from '../panel/agent-names.ts';
import { createTeamActs } from '../support/public/team-acts.ts';
import { createTeamAnswers } from '../support/public/team-answer.ts';
import { publicChannels } from '../threads/channels.ts';
import type { ForumDesk } from '../threads/desk.ts';
import type { CasesModule } from './cases.ts';
import type { Core } from './core.ts';
import type { ForumModule } from './forum.ts';
import type { SupportModule } from './support.ts';

/** A desk that also lets the panel know of what happens in a thread. */
export const tellingDesk = ({ store, live }: Pick<Core, 'store' | 'live'>, desk: ForumDesk): ForumDesk => ({
  async heard(tx, thread, event, cause) {
    await desk.heard(tx, thread, event, cause);
    store.afterCommit(tx, () => live.publish({ type: 'post-changed', postId: thread.id }));
  },
});

/** Wires what supervisors do with posts in public. */
export function createTeamInPublicModule(
  { store, relay, live, conversations }: Core,
  { cases }: CasesModule,
  { flexClient }: SupportModule,
  { forum }: ForumModule,
) {
  const channels = publicChannels(store);
  const agentName = createAgentNames((identity) => flexClient.nameOf(identity));
  const changed = (postId: string) => live.publish({ type: 'post-changed', postId });
  const actOnPost = createTeamActs({
    ...{ store, relay, cases, channels, agentName, changed },
    acts: { do: forum.act },
    cards: createCards({ store, relay }),
    guilds: guildQueries(store),
  });
  const answers = createTeamAnswers({ store, relay, conversations, changed });
  return { actOnPost, channels, agentName, handlers: [answers] as const };
}

export type TeamInPublicModule = ReturnType<typeof createTeamInPublicModule>;
