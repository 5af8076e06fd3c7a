import { notFound } from '../errors.ts';
import { product } from '../http.ts';
import type { TwilioState } from '../state.ts';

/** Routes under `/taskrouter/v1/Workspaces`; there is one workspace, every other SID is unknown. */
export function workspaceProduct(state: TwilioState) {
  return product('/taskrouter/v1/Workspaces').onBeforeHandle(({ params }) => {
    const workspace = (params as { workspace?: string } | undefined)?.workspace;
    if (workspace && workspace !== state.taskRouter.workspace.sid) throw notFound(`/Workspaces/${workspace}`);
  });
}
