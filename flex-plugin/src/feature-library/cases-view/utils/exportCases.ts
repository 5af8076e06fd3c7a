import { panelRoutes } from '@flexcord/shared/panel/routes';

import { authorization, bridgeUrl } from '../../../utils/bridge/client.ts';
import type { Filters } from './casesLocation.ts';

/** Downloads the cases that meet the filters as a CSV file. Sorting is left to the spreadsheet. */
export async function exportCases({ sort: _, order: __, ...filters }: Filters): Promise<void> {
  const answer = await fetch(bridgeUrl(panelRoutes.caseExport, filters), { headers: authorization() });
  if (!answer.ok) {
    const { message } = (await answer.json().catch(() => ({}))) as { message?: string };
    throw new Error(message ?? `HTTP ${answer.status}`);
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  link.download = `cases-${new Date().toISOString().slice(0, 10)}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
