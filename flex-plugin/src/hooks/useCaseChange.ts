import type { CaseDetail } from '@flexcord/shared/panel/case';
import * as React from 'react';

import { BridgeProblem } from '../utils/bridge/client.ts';
import { cacheCase } from '../utils/bridge/queryClient.ts';
import { invokeAction } from '../utils/invokeAction.ts';
import { notifyError, notifySuccess } from '../utils/notifications.ts';

/** A change that was made on an older version of a case than the current one. */
export interface CaseConflict {
  action: string;
  payload: Record<string, unknown>;
  /** The case as the agent saw it when they made the change. */
  seen: CaseDetail;
}

/**
 * Changes the version of a case that is on the screen. Where it conflicts with a change by somebody else, the current
 * case is shown, and the agent chooses to repeat the change or to discard it.
 */
export function useCaseChange(detail: CaseDetail, onDone: (action: string) => void) {
  const [busy, setBusy] = React.useState(false);
  const [conflict, setConflict] = React.useState<CaseConflict | null>(null);

  const change = async (
    action: string,
    payload: Record<string, unknown>,
    seen: CaseDetail = detail,
  ): Promise<void> => {
    setBusy(true);
    try {
      await invokeAction(action, { ...payload, caseId: detail.id, version: detail.version });
      setConflict(null);
      notifySuccess();
      onDone(action);
    } catch (error) {
      const current = currentCaseOf(error);
      if (current) {
        cacheCase(current);
        setConflict({ action, payload, seen });
      } else notifyError(error);
    } finally {
      setBusy(false);
    }
  };

  return {
    busy,
    change,
    conflict,
    repeat: () => void (conflict && change(conflict.action, conflict.payload, conflict.seen)),
    discard: () => setConflict(null),
  };
}

function currentCaseOf(error: unknown): CaseDetail | undefined {
  if (!(error instanceof BridgeProblem) || error.code !== 'conflict') return undefined;
  return error.details.case as CaseDetail | undefined;
}
