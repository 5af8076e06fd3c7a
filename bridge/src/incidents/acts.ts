import type { IncidentAction, IncidentNotice } from '@flexcord/shared/panel/incident';
import type { Result } from '@flexcord/shared/result';
import type { Actor, CaseRefusal } from '../cases/case-change.ts';
import type { GuildQueries } from '../guilds/guilds.ts';
import { incidentSaidKey } from '../relay/keys.ts';
import { steadyNow } from '../store/clock.ts';
import type { Tx } from '../store/open.ts';
import type { PublicChannels } from '../threads/channels.ts';
import type { Incidents } from './incidents.ts';
import { inLanguage, isWritten } from './notice.ts';
import type { IncidentsOptions } from './options.ts';
import { tellPosts } from './telling.ts';

export type IncidentRefusal =
  | { is: 'missing' }
  /** Somebody has published another notice meanwhile. */
  | { is: 'conflict' }
  | { is: 'not-open' }
  /** A notice without a title or a text in any language. */
  | { is: 'empty' }
  /** A channel that nothing is published in. */
  | { is: 'no-such-channel' }
  | { is: 'refused-case'; refusal: CaseRefusal };

/** A channel that a notice can be sent to. */
export interface NoticeChannel {
  id: string;
  name: string;
  guildId: string | null;
  isForAnnouncements: boolean;
}

/** Where notices can be sent to: channels for announcements, and text channels that are served. A forum takes posts alone. */
export async function noticeChannels(
  guilds: Pick<GuildQueries, 'all'>,
  channels: Pick<PublicChannels, 'served'>,
): Promise<NoticeChannel[]> {
  const announcing = (await guilds.all()).flatMap(({ id: guildId, announcements_id: id }) =>
    id === null ? [] : [{ id, name: '', guildId, isForAnnouncements: true }],
  );
  const served = (await channels.served())
    .filter(
      ({ id, isForum, access }) => !isForum && access === 'open' && announcing.every((one) => one.id !== id),
    )
    .map(({ id, name, guild_id: guildId }) => ({ id, name, guildId, isForAnnouncements: false }));
  return [...announcing, ...served];
}

/** What supervisors do with incidents, each in one transaction. */
export function createIncidentActs(
  options: IncidentsOptions & {
    guilds: Pick<GuildQueries, 'all' | 'find'>;
    channels: Pick<PublicChannels, 'served'>;
    incidents: Pick<Incidents, 'lock'>;
  },
) {
  const { store, relay, cases, guilds, channels, incidents, announce, changed } = options;

  async function publish(
    tx: Tx,
    number: number,
    action: Extract<IncidentAction, { is: 'publish' }>,
    actor: Actor,
    possible: readonly NoticeChannel[],
  ): Promise<Result<object, IncidentRefusal>> {
    const row = await incidents.lock(tx, number);
    if (!row) return { is: 'missing' };
    if (row.state !== 'open') return { is: 'not-open' };
    if (row.publications !== action.version) return { is: 'conflict' };
    if (!isWritten(action.notice)) return { is: 'empty' };
    const places = action.channels.map((id) => possible.find((channel) => channel.id === id));
    if (places.some((place) => place === undefined)) return { is: 'no-such-channel' };
    const publication = row.publications + 1;
    for (const place of places) {
      if (!place) continue;
      const guild = place.guildId === null ? undefined : await guilds.find(place.guildId, tx);
      await announce(
        tx,
        // Where it is said, not where announcements go by then.
        { channelId: place.id, guildId: place.isForAnnouncements ? place.guildId : null },
        inLanguage(action.notice, guild?.locale ?? null),
        incidentSaidKey(number, `published:${publication}`, place.id),
      );
    }
    const before = JSON.parse(row.published_in) as string[];
    await tx
      .updateTable('incidents')
      .set({
        notice: JSON.stringify(action.notice),
        answers: action.answers ? 1 : 0,
        publications: publication,
        published_in: JSON.stringify([...new Set([...before, ...action.channels])].slice(-100)),
        published_by: actor.name,
        published_at: steadyNow(),
        changed_at: steadyNow(),
      })
      .where('case_number', '=', number)
      .execute();
    if (action.posts) await relay.append(tx, tellPosts({ number, publication, after: 0 }));
    const note = { text: noteOf(action.notice), visibility: 'internal' as const };
    await cases.comment(tx, number, null, note, actor);
    return { is: 'done' };
  }

  async function end(
    tx: Tx,
    number: number,
    action: Extract<IncidentAction, { is: 'resolve' | 'dismiss' }>,
    actor: Actor,
  ): Promise<Result<object, IncidentRefusal>> {
    const row = await incidents.lock(tx, number);
    if (!row) return { is: 'missing' };
    if (row.state !== 'open') return { is: 'not-open' };
    if (action.is === 'resolve') {
      if (!isWritten(action.over)) return { is: 'empty' };
      await tx
        .updateTable('incidents')
        .set({ over: JSON.stringify(action.over) })
        .where('case_number', '=', number)
        .execute();
    }
    // The incident follows its case, and what is told follows from that.
    const to = action.is === 'resolve' ? 'resolved' : 'closed';
    const moved = await cases.transition(tx, number, null, to, actor);
    return moved.is === 'done' ? { is: 'done' } : { is: 'refused-case', refusal: moved };
  }

  async function takeOut(
    tx: Tx,
    number: number,
    reports: readonly number[],
    actor: Actor,
  ): Promise<Result<object, IncidentRefusal>> {
    const row = await incidents.lock(tx, number);
    if (!row) return { is: 'missing' };
    await tx
      .updateTable('incident_reports')
      .set({ taken_out_by: actor.name, taken_out_at: steadyNow() })
      .where('incident', '=', number)
      .where('id', 'in', [...reports])
      .where('taken_out_at', 'is', null)
      .execute();
    return { is: 'done' };
  }

  return async function act(
    number: number,
    action: IncidentAction,
    actor: Actor,
  ): Promise<Result<object, IncidentRefusal>> {
    const possible = action.is === 'publish' ? await noticeChannels(guilds, channels) : [];
    return store.transact(async (tx) => {
      const done =
        action.is === 'publish'
          ? await publish(tx, number, action, actor, possible)
          : action.is === 'take-out'
            ? await takeOut(tx, number, action.reports, actor)
            : await end(tx, number, action, actor);
      if (done.is === 'done') store.afterCommit(tx, () => changed(number));
      return done;
    });
  };
}

export type IncidentActs = ReturnType<typeof createIncidentActs>;

/** What was published, for the timeline of the parent case. */
const noteOf = ({ en, ja }: IncidentNotice): string =>
  [en, ja]
    .filter(({ title, text }) => title !== '' || text !== '')
    .map(({ title, text }) => `${title}\n${text}`)
    .join('\n\n');
