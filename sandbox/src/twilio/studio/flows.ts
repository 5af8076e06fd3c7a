import type { FlowDefinition } from './definition.ts';
import { newSid, timestamp } from './sids.ts';
import type { Problem, Validation } from './validate.ts';

export type FlowStatus = 'draft' | 'published';

export interface Revision {
  sid: string;
  friendlyName: string;
  status: FlowStatus;
  revision: number;
  /** As sent, also where it is invalid. */
  source: unknown;
  /** Present where it is valid. */
  definition: FlowDefinition | undefined;
  commitMessage: string | null;
  errors: Problem[];
  warnings: Problem[];
  dateCreated: string;
  dateUpdated: string | null;
}

const MAX_REVISIONS = 100;

/** Flows and their revisions, the newest last. The oldest of more than a hundred revisions are removed. */
export function createFlowStore() {
  const flows = new Map<string, Revision[]>();

  const append = (sid: string, revision: Omit<Revision, 'sid' | 'revision'>): Revision => {
    const revisions = flows.get(sid) ?? [];
    const added = { ...revision, sid, revision: (revisions.at(-1)?.revision ?? 0) + 1 };
    flows.set(sid, [...revisions, added].slice(-MAX_REVISIONS));
    return added;
  };

  return {
    create: (input: RevisionInput) => append(newSid('FW'), toRevision(input, timestamp(), null)),
    update(sid: string, input: RevisionInput): Revision {
      const first = flows.get(sid)?.[0];
      return append(sid, toRevision(input, first?.dateCreated ?? timestamp(), timestamp()));
    },
    list: () => [...flows.keys()].flatMap((sid) => flows.get(sid)?.at(-1) ?? []),
    latest: (sid: string) => flows.get(sid)?.at(-1),
    revisions: (sid: string) => flows.get(sid),
    /** What new executions run. */
    published: (sid: string) => flows.get(sid)?.findLast((revision) => revision.status === 'published'),
    remove: (sid: string) => flows.delete(sid),
  };
}

export type FlowStore = ReturnType<typeof createFlowStore>;

export interface RevisionInput {
  friendlyName: string;
  status: FlowStatus;
  source: unknown;
  commitMessage: string | null;
  validation: Validation;
}

function toRevision(input: RevisionInput, dateCreated: string, dateUpdated: string | null) {
  const { validation, ...rest } = input;
  const { definition, errors, warnings } = validation;
  return { ...rest, definition, errors, warnings, dateCreated, dateUpdated };
}
