import { QueryClientProvider } from '@tanstack/react-query';
import type { ITask } from '@twilio/flex-ui';
import * as React from 'react';

import { useMember } from '../../../hooks/memberQueries.ts';
import { queryClient } from '../../../utils/bridge/queryClient.ts';
import { memberIdOf } from '../../../utils/discordTask.ts';
import { DiscordIcon } from './DiscordIcon.tsx';

const SIZE = 28;

/** The member's picture on a task; Discord's icon until it is known, and where there is none. */
export const TaskPicture = ({ task }: { task: ITask }) => {
  const memberId = memberIdOf(task);
  return memberId ? (
    <QueryClientProvider client={queryClient}>
      <Picture memberId={memberId} />
    </QueryClientProvider>
  ) : (
    <DiscordIcon />
  );
};

const Picture = ({ memberId }: { memberId: string }) => {
  const { avatarUrl } = useMember(memberId).data ?? {};
  const [failed, setFailed] = React.useState(false);
  if (!avatarUrl || failed) return <DiscordIcon />;
  return (
    <img
      src={avatarUrl}
      alt="Discord"
      width={SIZE}
      height={SIZE}
      onError={() => setFailed(true)}
      style={{ borderRadius: '50%' }}
    />
  );
};
