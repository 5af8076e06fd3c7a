import { PanelAgents } from '@flexcord/shared/panel/agents';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { Elysia } from 'elysia';
import { LRUCache } from 'lru-cache';
import { type Authenticated, requireSupervisor } from '../auth.ts';
import type { PanelDependencies } from '../dependencies.ts';
import { refusals } from '../problem.ts';

/** Agents come and go by the day, not by the minute. */
const AGENTS_TTL_MS = 60_000;

/** Agents to whom a case can be assigned. */
export function agentRoutes(auth: Authenticated, { listAgents }: PanelDependencies) {
  const kept = new LRUCache<'all', PanelAgents['agents']>({
    max: 1,
    ttl: AGENTS_TTL_MS,
    fetchMethod: listAgents,
  });

  return new Elysia({ name: 'panel-agents' }).use(auth).get(
    panelRoutes.agents,
    async ({ caller }) => {
      requireSupervisor(caller);
      return { agents: (await kept.fetch('all')) ?? [] };
    },
    {
      response: { 200: PanelAgents, ...refusals },
      detail: { summary: 'Whom a case can be assigned to; supervisors', tags: ['Agents'] },
    },
  );
}
