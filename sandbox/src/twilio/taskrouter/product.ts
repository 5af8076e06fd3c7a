import { notFound } from '../errors.ts';
import { product } from '../http.ts';
import type { World } from '../world.ts';

/** Routes under `/taskrouter/v1/Workspaces`; there is one workspace, every other SID is unknown. */
export function workspaceProduct(world: World) {
  return product('/taskrouter/v1/Workspaces').onBeforeHandle(({ params }) => {
    const workspace = (params as { workspace?: string } | undefined)?.workspace;
    if (workspace && workspace !== world.taskRouter.workspace.sid) throw notFound(`/Workspaces/${workspace}`);
  });
}
