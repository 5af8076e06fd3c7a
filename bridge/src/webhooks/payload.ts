import type { CaseWebhook, CaseWebhookEvent } from '@flexcord/shared/panel/case-webhook';
import type { CaseChange } from '../cases/case-change.ts';
import { type CaseRow, toSummary } from '../cases/view.ts';

/** Kinds of change that are not sent: internal ones, and single votes, of which there may be thousands. */
const UNSENT_KINDS = new Set<CaseChange['kind']>(['note', 'votes']);

/** The event of a change; null for one that is not sent. */
export function eventOf({ kind, before }: CaseChange): CaseWebhookEvent | null {
  if (UNSENT_KINDS.has(kind)) return null;
  if (!before) return 'case.created';
  if (kind === 'comment') return 'case.commented';
  return kind === 'deleted' ? 'case.deleted' : 'case.changed';
}

/** The body of a webhook about a change. */
export function webhookOf(
  id: string,
  event: CaseWebhookEvent,
  change: CaseChange,
  memberName: string,
): CaseWebhook {
  const { before, after, actor } = change;
  const now = shown(after, memberName);
  const then = before && shown(before, memberName);
  const differing = Object.entries(now).filter(
    ([name, value]) =>
      then &&
      !IGNORED_FIELDS.has(name) &&
      JSON.stringify(then[name as keyof typeof then]) !== JSON.stringify(value),
  );
  return {
    id,
    event,
    at: now.updatedAt,
    case: now,
    actor: {
      kind: actor.identity !== null ? 'agent' : actor.memberId !== undefined ? 'member' : 'bridge',
      name: actor.name,
    },
    changes: Object.fromEntries(
      differing.map(([name, value]) => [name, { before: then?.[name as keyof typeof then], after: value }]),
    ),
    comment: change.kind === 'comment' ? change.text : null,
  };
}

/** Fields that differ with every change. */
const IGNORED_FIELDS = new Set(['updatedAt', 'version']);

function shown(row: CaseRow, memberName: string): CaseWebhook['case'] {
  const { waitingSince: _, ...summary } = toSummary({ ...row, member_name: memberName });
  return {
    ...summary,
    description: row.description,
    fields: JSON.parse(row.fields) as Record<string, string>,
    version: row.version,
  };
}
