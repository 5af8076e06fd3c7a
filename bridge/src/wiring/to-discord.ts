import { createDelivery } from '../discord/conversation/deliver.ts';
import { createDiscordChanges } from '../discord/conversation/edit-and-delete.ts';
import { createMemberChannel } from '../discord/conversation/member-channel.ts';
import type { CasesModule } from './cases.ts';
import type { Clouds } from './clouds.ts';
import type { Core } from './core.ts';
import type { SupportModule } from './support.ts';

/** Wires what the journal holds for members. */
export function createToDiscordModule(
  core: Core,
  { guildLookup, rest, discordFiles, media }: Clouds,
  { support }: SupportModule,
  { cases }: CasesModule,
) {
  const { config, store, relay, activity, agentTexts } = core;
  const delivery = createDelivery({
    store,
    relay,
    rest,
    applicationId: config.DISCORD_APPLICATION_ID,
    withMemberChannel: createMemberChannel({
      store,
      rest,
      supportChannelId: config.DISCORD_SUPPORT_CHANNEL_ID,
    }),
    openFile: (file, limit) =>
      file.source?.at === 'discord' ? discordFiles.open(file) : media.open(file, limit),
    threadFileLimit: () => guildLookup.uploadLimitOf(config.DISCORD_SUPPORT_CHANNEL_ID),
    nameStyle: config.AGENT_NAME_STYLE,
    linkTo: media.temporaryUrl,
    async noticeRefused(tx, notice, reason) {
      if (notice.is === 'case-comment' || notice.is === 'case-check-in' || notice.is === 'case-moved')
        await cases.undelivered(tx, notice.caseNumber, agentTexts.undelivered(reason));
    },
    async messageRefused(tx, payload, reason, key) {
      await support.refused.agentMessage(tx, payload, reason, key);
      if (reason === 'left') store.afterCommit(tx, () => activity.leftServer(payload.memberId));
    },
  });
  const changes = createDiscordChanges({
    store,
    rest,
    nameStyle: config.AGENT_NAME_STYLE,
    send: delivery.send,
  });
  return { delivery, handlers: [...delivery.handlers, ...changes.handlers] as const };
}

export type ToDiscordModule = ReturnType<typeof createToDiscordModule>;
