import type { MemberProfile } from '@flexcord/shared/panel/member';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { useQuery } from '@tanstack/react-query';

import { get } from '../utils/bridge/client.ts';
import { keys } from '../utils/bridge/queryClient.ts';

export const useMember = (memberId: string) =>
  useQuery({
    queryKey: keys.member(memberId),
    queryFn: ({ signal }) => get<MemberProfile>(panelRoutes.member(memberId), {}, signal),
  });
