import { createDelivery } from '../discord/conversation/deliver.ts';
import { createDiscordChanges } from '../discord/conversation/edit-and-delete.ts';
import { createMemberChannel } from '../discord/conversation/member-channel.ts';
import { uploadLimitOf } from '../discord/servers/guild-lookup.ts';
import type { Handlers } from '../relay/relay.ts';
import type { Payloads } from '../support/entries.ts';
import type { CasesModule } from './cases.ts';
import type { Clouds } from './clouds.ts';
import type { Core } from './core.ts';
import type { SupportModule } from './support.ts';

/** Wires what the journal holds for members. */
export function createToDiscordModule(
  core: Core,
  { client, rest, discordFiles, media }: Clouds,
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
    threadFileLimit: () => uploadLimitOf(client, config.DISCORD_SUPPORT_CHANNEL_ID),
    nameStyle: config.AGENT_NAME_STYLE,
    linkTo: media.temporaryUrl,
  });
  const changes = createDiscordChanges({
    store,
    rest,
    nameStyle: config.AGENT_NAME_STYLE,
    post: delivery.post,
  });
  const handlers = {
    'discord.notice': {
      run: delivery.sendNotice,
      async refused(tx, payload, reason, key) {
        await delivery.noticeRefused(tx, payload, reason, key);
        const { notice } = payload;
        if (notice.is === 'case-comment' || notice.is === 'case-check-in' || notice.is === 'case-moved') {
          await cases.undelivered(tx, notice.caseNumber, agentTexts.undelivered(reason));
        }
      },
    },
    'discord.message': {
      run: delivery.sendMessage,
      async refused(tx, payload, reason, key) {
        await support.refused.agentMessage(tx, payload, reason, key);
        if (reason === 'left') store.afterCommit(tx, () => activity.leftServer(payload.memberId));
      },
    },
    'discord.edit': { run: changes.edit },
    'discord.delete': { run: changes.remove },
    'discord.dms-closed': { run: delivery.tellDmsClosed },
  } satisfies Partial<Handlers<Payloads>>;
  return { delivery, handlers };
}

export type ToDiscordModule = ReturnType<typeof createToDiscordModule>;
