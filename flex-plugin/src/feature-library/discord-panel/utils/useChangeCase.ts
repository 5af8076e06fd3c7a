import type { CaseDetail } from '@flexcord/shared/panel/case';
import * as React from 'react';

import { act } from '../../../utils/act.ts';
import { BridgeProblem } from '../../../utils/bridge/client.ts';
import { keepCase } from '../../../utils/bridge/queryClient.ts';
import { notifyDone, notifyFailed } from '../custom-components/notify.ts';

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
export function useChangeCase(detail: CaseDetail, onDone: (action: string) => void) {
  const [busy, setBusy] = React.useState(false);
  const [conflict, setConflict] = React.useState<CaseConflict | null>(null);

  const change = async (
    action: string,
    payload: Record<string, unknown>,
    seen: CaseDetail = detail,
  ): Promise<void> => {
    setBusy(true);
    try {
      await act(action, { ...payload, caseId: detail.id, version: detail.version });
      setConflict(null);
      notifyDone();
      onDone(action);
    } catch (error) {
      const present = presentCase(error);
      if (present) {
        keepCase(present);
        setConflict({ action, payload, seen });
      } else notifyFailed(error);
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
