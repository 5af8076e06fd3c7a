import type { PanelAgents } from '@flexcord/shared/panel/agents';
import type { CaseDetail } from '@flexcord/shared/panel/case';
import type { PanelFields } from '@flexcord/shared/panel/case-fields';
import type { Transcript } from '@flexcord/shared/panel/member';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { useQuery } from '@tanstack/react-query';

import { get } from '../utils/bridge/client.ts';
import { keys, newestCase } from '../utils/bridge/queryClient.ts';

export const useCase = (caseId: string) =>
  useQuery({
    queryKey: keys.case(caseId),
    queryFn: async ({ signal }) => newestCase(await get<CaseDetail>(panelRoutes.case(caseId), {}, signal)),
  });

/** Who a case can be assigned to; only supervisors may ask. */
export const useAgents = (enabled: boolean) =>
  useQuery({
    queryKey: keys.agents,
    enabled,
    queryFn: ({ signal }) => get<PanelAgents>(panelRoutes.agents, {}, signal),
  });

/** The operator's own fields; they change only with the bridge's configuration. */
export const useFields = () =>
  useQuery({
    queryKey: keys.fields,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => get<PanelFields>(panelRoutes.fields, {}, signal),
  });

export const useTranscript = (conversationSid: string) =>
  useQuery({
    queryKey: keys.transcript(conversationSid),
    queryFn: ({ signal }) => get<Transcript>(panelRoutes.transcript(conversationSid), {}, signal),
  });
