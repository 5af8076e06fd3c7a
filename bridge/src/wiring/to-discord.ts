import { createThreadChange } from '../discord/conversation/change-thread.ts';
import { createDelivery } from '../discord/conversation/deliver.ts';
import { createDiscordChanges } from '../discord/conversation/edit-and-delete.ts';
import { createMemberChannel } from '../discord/conversation/member-channel.ts';
import { createReadBack } from '../discord/conversation/read-back.ts';
import { createSecondLook } from '../discord/conversation/second-look.ts';
import { createSender } from '../discord/conversation/send.ts';
import { findThread } from '../threads/threads.ts';
import type { CasesModule } from './cases.ts';
import type { Clouds } from './clouds.ts';
import type { Core } from './core.ts';
import type { SupportModule } from './support.ts';

/** Wires what the journal holds for members. */
export function createToDiscordModule(
  core: Core,
  { guildLookup, rest, ownId, echoes, discordFiles, media }: Clouds,
  { support }: SupportModule,
  { cases }: CasesModule,
) {
  const { config, store, relay, logger, activity, agentTexts } = core;
  const applicationId = config.DISCORD_APPLICATION_ID;
  const secondLookMs = config.SECOND_LOOK_MS;
  const readBack = createReadBack({ rest, ownId });
  const send = createSender({
    store,
    relay,
    rest,
    echoes,
    readBack,
    secondLookMs,
    openFile: (file, limit) =>
      file.source?.at === 'discord' ? discordFiles.open(file) : media.open(file, limit),
  });
  const delivery = createDelivery({
    store,
    relay,
    rest,
    applicationId,
    send,
    withMemberChannel: createMemberChannel({
      store,
      rest,
      supportChannelId: config.DISCORD_SUPPORT_CHANNEL_ID,
    }),
    publicFileLimit: async (threadId) =>
      guildLookup.uploadLimitOf((await findThread(store.db, threadId))?.channel_id ?? ''),
    threadFileLimit: () => guildLookup.uploadLimitOf(config.DISCORD_SUPPORT_CHANNEL_ID),
    nameStyle: config.AGENT_NAME_STYLE,
    linkTo: media.temporaryUrl,
    async noticeRefused(tx, notice, reason) {
      if (notice.is === 'case-comment' || notice.is === 'case-check-in' || notice.is === 'case-moved')
        await cases.undelivered(tx, notice.caseNumber, agentTexts.undelivered(reason));
    },
    messageDelayed: support.delayed.agentMessage,
    async messageRefused(tx, payload, reason, key) {
      await support.refused.agentMessage(tx, payload, reason, key);
      if (reason === 'left' && !payload.threadId)
        store.afterCommit(tx, () => activity.leftServer(payload.memberId));
    },
  });
  const changes = createDiscordChanges({
    store,
    rest,
    nameStyle: config.AGENT_NAME_STYLE,
    send,
  });
  const look = createSecondLook({ store, rest, logger, readBack, secondLookMs });
  const threadChange = createThreadChange({ store, rest });
  return { send, handlers: [...delivery.handlers, ...changes.handlers, threadChange, look] as const };
}

export type ToDiscordModule = ReturnType<typeof createToDiscordModule>;
