import { QueryClientProvider } from '@tanstack/react-query';
import { type ITask, useFlexSelector } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { ErrorBoundary } from '../../../components/ErrorBoundary.tsx';
import { FocusKeeper } from '../../../components/FocusKeeper.tsx';
import { Notices } from '../../../components/Notices.tsx';
import { Tabs } from '../../../components/Tabs.tsx';
import { selectSpeaker, useSpeaker } from '../../../hooks/speakers.ts';
import { useLiveUpdates } from '../../../hooks/useLiveUpdates.ts';
import type { PanelContext } from '../../../types/desk.ts';
import { queryClient } from '../../../utils/bridge/queryClient.ts';
import {
  caseNumberOf,
  conversationSidOf,
  memberIdOf,
  memberNameOf,
  threadOf,
} from '../../../utils/discordTask.ts';
import { text } from '../../../utils/strings.ts';
import { DeskPart } from '../../../view-loader/DeskPart.tsx';
import { showInPanel, usePanelView } from '../utils/panelView.ts';
import { CasesTab } from './CasesTab.tsx';
import { KnowledgeTab } from './KnowledgeTab.tsx';
import { ProfileTab } from './ProfileTab.tsx';

/** The panel beside a Discord conversation. */
export const DiscordPanel = () => {
  const task = useFlexSelector((state): ITask | undefined => {
    const sid = state.flex.view.selectedTaskSid;
    return sid ? state.flex.worker.tasks?.get(sid) : undefined;
  });
  useLiveUpdates();
  if (!task) return null;
  return <TaskPanel key={task.sid} task={task} />;
};

const TaskPanel = ({ task }: { task: ITask }) => {
  const thread = threadOf(task);
  const conversationSid = conversationSidOf(task);
  const speaker = useSpeaker(conversationSid);
  const authorId = memberIdOf(task);
  const memberId = (thread && speaker?.id) ?? authorId;
  if (!memberId) return <Box padding="space60">{text('FlexcordUnknownMember')}</Box>;
  const caseNumber = caseNumberOf(task);
  const context: PanelContext = { memberId, conversationSid, taskSid: task.taskSid };
  return (
    <ErrorBoundary>
      <QueryClientProvider client={queryClient}>
        <Box
          as="section"
          aria-label={text('FlexcordPanel')}
          position="relative"
          height="100%"
          width="100%"
          backgroundColor="colorBackgroundBody"
          color="colorText"
          fontSize="fontSize30"
          lineHeight="lineHeight30"
          overflowWrap="anywhere"
        >
          <FocusKeeper>
            <Box display="flex" flexDirection="column" height="100%">
              {task.status === 'wrapping' && caseNumber ? (
                <Box padding="space50">
                  <DeskPart name="ResolveOffer" caseId={caseNumber} />
                </Box>
              ) : null}
              {thread ? (
                <DeskPart
                  name="PublicThread"
                  thread={thread}
                  speaker={memberId === authorId ? undefined : speaker}
                  onBack={() => selectSpeaker(conversationSid, undefined)}
                  author={memberNameOf(task)}
                />
              ) : null}
              <Box flexGrow={1} minHeight="0">
                <PanelTabs key={memberId} {...context} isGuest={memberId !== authorId} />
              </Box>
            </Box>
          </FocusKeeper>
          <Notices />
        </Box>
      </QueryClientProvider>
    </ErrorBoundary>
  );
};

/** `isGuest`: somebody else's conversation, in which they speak. */
const PanelTabs = ({ isGuest, ...context }: PanelContext & { isGuest: boolean }) => (
  <Tabs
    label={text('FlexcordPanel')}
    selectedId={usePanelView(context.memberId).tab}
    onSelect={(tab) => showInPanel(context.memberId, { tab })}
    tabs={[
      { id: 'profile', label: text('FlexcordProfile'), content: <ProfileTab {...context} /> },
      {
        id: 'cases',
        label: text('FlexcordCases'),
        content: <CasesTab {...context} {...(isGuest ? { conversationSid: undefined } : {})} />,
      },
      { id: 'knowledge', label: text('FlexcordKnowledge'), content: <KnowledgeTab {...context} /> },
    ]}
  />
);
