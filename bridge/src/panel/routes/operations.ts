import { Operations, type ParkedEntry, ParkedPage, ParkedPageQuery } from '@flexcord/shared/panel/operations';
import type { BacklogGroup } from '@flexcord/shared/panel/operations-constants';
import { PanelProblem } from '@flexcord/shared/panel/problem';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { toTimestamp } from '@flexcord/shared/time';
import { FLEXCORD_VERSION } from '@flexcord/shared/version';
import { Type } from '@sinclair/typebox';
import { Elysia } from 'elysia';
import { toPage } from '../../store/paging.ts';
import type { ParkedMatter } from '../../support/parked.ts';
import { type Authenticated, requireAdmin } from '../auth.ts';
import type { OperationsSource, PanelDependencies } from '../dependencies.ts';
import { notFound, refusals } from '../problem.ts';

const PAGE_SIZE = 25;

const detail = (summary: string) => ({ detail: { summary, tags: ['Operations'] } });
const params = Type.Object({ id: Type.String({ pattern: '^\\d{1,15}$' }) });
const changed = { params, response: { 204: Type.Void(), 404: PanelProblem, ...refusals } };

/** How the bridge gets on, and what it gave up; for administrators. */
export function operationsRoutes(
  auth: Authenticated,
  { operations, parked, agentName }: Pick<PanelDependencies, 'operations' | 'parked' | 'agentName'>,
) {
  const operator = async (identity: string) => ({ identity, name: await agentName(identity) });
  return new Elysia({ name: 'panel-operations' })
    .use(auth)
    .get(
      panelRoutes.operations,
      ({ caller }) => {
        requireAdmin(caller);
        return overviewOf(operations);
      },
      {
        response: { 200: Operations, ...refusals },
        ...detail('Health, backlog and recent troubles; administrators'),
      },
    )
    .get(
      panelRoutes.parked,
      async ({ query, caller }) => {
        requireAdmin(caller);
        const before = query.cursor === undefined ? undefined : Number(query.cursor);
        const read = await parked.list({ before, limit: PAGE_SIZE + 1 });
        const { rows, nextCursor } = toPage(read, PAGE_SIZE, ({ id }) => String(id));
        return { entries: rows.map(toEntry), nextCursor };
      },
      {
        query: ParkedPageQuery,
        response: { 200: ParkedPage, ...refusals },
        ...detail('What was given up, newest first; administrators'),
      },
    )
    .post(
      panelRoutes.parkedRetry(':id'),
      async ({ params: { id }, caller, set }) => {
        requireAdmin(caller);
        if (!(await parked.retry(Number(id), await operator(caller.identity))))
          throw notFound('This parked entry');
        set.status = 204;
      },
      { ...changed, ...detail('Tries again what was given up; administrators') },
    )
    .post(
      panelRoutes.parkedDiscard(':id'),
      async ({ params: { id }, caller, set }) => {
        requireAdmin(caller);
        if (!(await parked.discard(Number(id), await operator(caller.identity))))
          throw notFound('This parked entry');
        set.status = 204;
      },
      { ...changed, ...detail('Discards what was given up, and tells its sender; administrators') },
    );
}

async function overviewOf(source: OperationsSource): Promise<Operations> {
  const [health, backlog, parked] = await Promise.all([source.health(), source.backlog(), source.parked()]);
  const groups = new Map<BacklogGroup, { count: number; oldestMs: number }>();
  for (const { kind, count, oldestMs } of backlog) {
    const known = groups.get(groupOf(kind)) ?? { count: 0, oldestMs: 0 };
    groups.set(groupOf(kind), {
      count: known.count + count,
      oldestMs: Math.max(known.oldestMs, Math.round(oldestMs)),
    });
  }
  return {
    version: FLEXCORD_VERSION,
    startedAt: toTimestamp(source.startedAt),
    health,
    backlog: [...groups].map(([group, sums]) => ({ group, ...sums })),
    parked,
    troubles: source.troubles().map((trouble) => ({ ...trouble, at: toTimestamp(trouble.at) })),
  };
}

const TO_MEMBERS = new Set(['message', 'notice', 'edit', 'delete', 'dms-closed']);

/** Where entries of a kind are on their way. */
function groupOf(kind: string): BacklogGroup {
  const [room = '', what = ''] = kind.split('.');
  switch (room) {
    case 'in':
      return 'decisions';
    case 'discord':
      return TO_MEMBERS.has(what) ? 'to-member' : 'community';
    case 'twilio':
      return 'to-agent';
    case 'webhook':
      return 'webhooks';
    case 'assistant':
    case 'community':
      return room;
    default:
      return 'other';
  }
}

function toEntry(matter: ParkedMatter): ParkedEntry {
  const { id, kind, reason, detail: said, member, caseNumber, createdAt, parkedAt, trace } = matter;
  return {
    id,
    kind,
    group: groupOf(kind),
    reason,
    detail: said,
    member,
    caseNumber,
    createdAt: toTimestamp(createdAt),
    parkedAt: toTimestamp(parkedAt),
    trace,
  };
}
