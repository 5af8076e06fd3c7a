import { DAY_MS } from '@flexcord/shared/time';
import { announcement } from '../community/announcements.ts';
import { escapeLine, escapeLines } from '../formats/markdown/escape.ts';
import { toDiscordMarkdown } from '../formats/markdown/to-discord.ts';
import { forumTell } from '../forum/entries.ts';
import { withoutSecrets } from '../forum/secrets.ts';
import { guildQueries } from '../guilds/guilds.ts';
import { createIncidentActs } from '../incidents/acts.ts';
import { createIncidents } from '../incidents/incidents.ts';
import { type KnownIncidents, watchKnown } from '../incidents/known.ts';
import type { IncidentsOptions } from '../incidents/options.ts';
import { createQuestions } from '../incidents/questions.ts';
import { createTelling } from '../incidents/telling.ts';
import { createIncidentView } from '../incidents/view.ts';
import { createIncidentWatch } from '../incidents/watch.ts';
import { languageOf } from '../knowledge/text/terms.ts';
import { holdLease } from '../relay/lease.ts';
import { textsFor } from '../texts/index.ts';
import { publicChannels } from '../threads/channels.ts';
import type { CasesModule } from './cases.ts';
import type { Core } from './core.ts';
import type { ForumModule } from './forum.ts';

/** What is said of open incidents, kept in step with the store until it is stopped. */
export async function createKnownIncidents({ store, logger, live }: Core): Promise<KnownIncidents> {
  const known = await watchKnown(store, logger);
  const unsubscribe = live.subscribe(null, ({ event }) => {
    if (event.type === 'incident-changed' || event.type === 'resync')
      known
        .refresh()
        .catch((err) => logger.warn({ err }, 'incidents could not be read; they are read again'));
  });
  return {
    ...known,
    async stop() {
      unsubscribe();
      await known.stop();
    },
  };
}

/** Wires incidents: how they are opened, what supervisors do with them, and what is told of them. */
export function createIncidentsModule(
  { config, store, relay, logger, live, tell, agentTexts }: Core,
  { cases }: CasesModule,
  { forum }: ForumModule,
  known: KnownIncidents,
) {
  const [guilds, channels] = [guildQueries(store), publicChannels(store)];
  const options: IncidentsOptions = {
    ...{ store, relay, logger, cases, tell, texts: agentTexts },
    masked: (text) => withoutSecrets(text, textsFor(languageOf(text)).forum.masked),
    async tellTeam(tx, incident, cause) {
      const channelId = config.PUBLIC_MODERATORS_CHANNEL_ID;
      const locale = agentTexts.discordLocales[0] ?? null;
      if (channelId !== '')
        await relay.append(
          tx,
          forumTell({ channelId, report: { is: 'incident', ...incident }, locale }, cause),
        );
    },
    async announce(tx, { channelId, guildId }, { title, text }, key) {
      // The title is plain text, the text Markdown.
      const words = {
        title: escapeLine(title),
        text: toDiscordMarkdown(text) ?? escapeLines(text),
        url: null,
      };
      const place = { channelId, ...(guildId === null ? {} : { guildId }) };
      await relay.append(tx, announcement({ ...place, announcement: words }, key));
    },
    sayInThread: forum.sayOfIncident,
    changed: (number) => live.publish({ type: 'incident-changed', number }),
  };
  const incidents = createIncidents(options);
  cases.subscribe(incidents.follow);
  const act = createIncidentActs({ ...options, guilds, channels, incidents });
  return {
    incidents,
    view: createIncidentView({ store, guilds, channels, masked: options.masked }),
    act: async (...request: Parameters<typeof act>): ReturnType<typeof act> => {
      const result = await act(...request);
      // Who asks right after it was published is told of it.
      await known.refresh();
      return result;
    },
    handlers: createTelling(options),
  };
}

export type IncidentsModule = ReturnType<typeof createIncidentsModule>;

/** Looks for incidents, in one process of all that share the store. */
export async function startIncidentWatch(
  { config, store, logger, owner, heartbeat }: Core,
  { incidents }: IncidentsModule,
): Promise<() => Promise<void>> {
  if (config.INCIDENT_MEMBERS === 0) return async () => {};
  const lease = await holdLease({
    ...{ store, name: 'incidents', owner, heartbeat, logger },
    isFatal: () => false,
    async begin(lost) {
      // Another process may have opened incidents meanwhile: each term begins with what the store knows.
      const watch = createIncidentWatch({
        ...{ store, logger, incidents },
        questions: createQuestions(store, config.NEW_ACCOUNT_DAYS * DAY_MS),
        settings: {
          members: config.INCIDENT_MEMBERS,
          windowMs: config.INCIDENT_WINDOW_MS,
          rise: config.INCIDENT_RISE,
        },
      });
      let looking: Promise<void> | undefined;
      const look = () => {
        if (lost.aborted) return;
        looking ??= watch
          .look()
          .catch((err) => logger.warn({ err }, 'it could not be looked for incidents; it is tried again'))
          .finally(() => {
            looking = undefined;
          });
      };
      look();
      const timer = setInterval(look, config.INCIDENT_LOOK_MS);
      return {
        async stop() {
          clearInterval(timer);
          await looking;
        },
      };
    },
  });
  return () => lease.stop();
}
