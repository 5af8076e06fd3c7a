import type { IncidentAction, IncidentDetail, Incidents } from '@flexcord/shared/panel/incident';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { useQuery } from '@tanstack/react-query';

import { useLiveRefresh } from '../../../hooks/useLiveRefresh.ts';
import { get, post } from '../../../utils/bridge/client.ts';
import { queryClient } from '../../../utils/bridge/queryClient.ts';

/** Prefix of the keys of everything about incidents. */
const ROOT = 'incidents';
/** Changes within this time are fetched together, in ms. */
const REFRESH_DELAY_MS = 800;

export const useIncidents = () =>
  useQuery({
    queryKey: [ROOT, 'list'],
    queryFn: ({ signal }) => get<Incidents>(panelRoutes.incidents, {}, signal),
  });

export const useIncident = (number: number) =>
  useQuery({
    queryKey: [ROOT, 'detail', number],
    queryFn: ({ signal }) => get<IncidentDetail>(panelRoutes.incident(number), {}, signal),
  });

/** Does something with an incident, which is then shown as it is. */
export async function actOnIncident(number: number, action: IncidentAction): Promise<void> {
  const changed = await post<IncidentAction, IncidentDetail>(panelRoutes.incidentActions(number), action);
  queryClient.setQueryData([ROOT, 'detail', number], changed);
  await queryClient.invalidateQueries([ROOT, 'list']);
}

/** Keeps incidents up to date with what is asked and with what others do. */
export const useLiveIncidents = (): void => useLiveRefresh(ROOT, 'incident-changed', REFRESH_DELAY_MS);
