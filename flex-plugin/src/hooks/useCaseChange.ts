import type { CaseDetail } from '@flexcord/shared/panel/case';
import * as React from 'react';
import { BridgeProblem } from '../utils/bridge/client.ts';
import { cacheCase } from '../utils/bridge/queryClient.ts';
import { invokeAction } from '../utils/invokeAction.ts';
import { notifyError, notifySuccess } from '../utils/notifications.ts';

/** A change that met a newer case than the one it was made on. */
export interface CaseConflict {
  action: string;
  payload: Record<string, unknown>;
  /** The case as the agent saw it when they made the change. */
  seen: CaseDetail;
}

/**
 * Changes a case on the version that is on the screen. Where somebody was faster, nothing is lost: the present case is
 * shown, and the change waits for the agent to make it again or to drop it.
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
      const present = presentCase(error);
      if (present) {
        cacheCase(present);
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
    again: () => void (conflict && change(conflict.action, conflict.payload, conflict.seen)),
    drop: () => setConflict(null),
  };
}

function presentCase(error: unknown): CaseDetail | undefined {
  if (!(error instanceof BridgeProblem) || error.code !== 'conflict') return undefined;
  return error.details.case as CaseDetail | undefined;
}
