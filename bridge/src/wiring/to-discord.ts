import type { Cases } from '../cases/cases.ts';
import type { Config } from '../config/config.ts';
import { createDelivery } from '../discord/conversation/deliver.ts';
import { createDiscordChanges } from '../discord/conversation/edit-and-delete.ts';
import { createMemberChannel } from '../discord/conversation/member-channel.ts';
import { uploadLimitOf } from '../discord/servers/guild-lookup.ts';
import type { Activities } from '../panel/activity.ts';
import type { Relay } from '../relay/relay.ts';
import type { Store } from '../store/open.ts';
import type { Support } from '../support/support.ts';
import { textsFor } from '../texts/index.ts';
import type { Clouds } from './clouds.ts';

export interface ToDiscordParts extends Pick<Clouds, 'client' | 'rest' | 'discordFiles' | 'media'> {
  config: Config;
  store: Store;
  relay: Relay;
  support: Support;
  cases: Cases;
  activity: Activities;
}

/** Wires what the journal holds for members. */
export function wireToDiscord({
  config,
  store,
  relay,
  client,
  rest,
  discordFiles,
  media,
  support,
  cases,
  activity,
}: ToDiscordParts) {
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
    async noticeRefused(tx, notice, reason) {
      if (notice.is === 'case-comment' || notice.is === 'case-check-in' || notice.is === 'case-moved')
        await cases.undelivered(tx, notice.caseNumber, textsFor(null).undelivered(reason));
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
