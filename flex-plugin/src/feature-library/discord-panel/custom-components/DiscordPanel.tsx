import { QueryClientProvider } from '@tanstack/react-query';
import { type ITask, useFlexSelector } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { followPanelEvents } from '../../../utils/bridge/live.ts';
import { applyPanelEvent, queryClient } from '../../../utils/bridge/queryClient.ts';
import { conversationSidOf, memberIdOf } from '../../../utils/discordTask.ts';
import { text } from '../../../utils/strings.ts';
import { showInPanel, usePanelView } from '../utils/panelView.ts';
import { CasesTab } from './CasesTab.tsx';
import { KnowledgeTab } from './KnowledgeTab.tsx';
import { ProfileTab } from './ProfileTab.tsx';
import { Tabs } from './Tabs.tsx';

/** The conversation the panel is about. */
export interface PanelSubject {
  memberId: string;
  conversationSid: string | undefined;
  taskSid: string;
}

/** The panel beside a Discord conversation. A fault in it is shown in its own place and never reaches Flex. */
export const DiscordPanel = () => {
  const task = useFlexSelector((state): ITask | undefined => {
    const sid = state.flex.view.selectedTaskSid;
    return sid ? state.flex.worker.tasks?.get(sid) : undefined;
  });
  useLiveEvents();
  if (!task) return null;
  const memberId = memberIdOf(task);
  if (!memberId) return <Box padding="space60">{text('FlexcordUnknownMember')}</Box>;
  const subject: PanelSubject = { memberId, conversationSid: conversationSidOf(task), taskSid: task.taskSid };
  return (
    <PanelFault key={task.sid}>
      <QueryClientProvider client={queryClient}>
        <Box
          as="section"
          aria-label={text('FlexcordPanel')}
          height="100%"
          width="100%"
          backgroundColor="colorBackgroundBody"
          color="colorText"
          fontSize="fontSize30"
          lineHeight="lineHeight30"
          overflowWrap="anywhere"
        >
          <PanelTabs {...subject} />
        </Box>
      </QueryClientProvider>
    </PanelFault>
  );
};

const PanelTabs = (subject: PanelSubject) => (
  <Tabs
    label={text('FlexcordPanel')}
    selectedId={usePanelView(subject.memberId).tab}
    onSelect={(tab) => showInPanel(subject.memberId, { tab })}
    tabs={[
      { id: 'profile', label: text('FlexcordProfile'), content: <ProfileTab {...subject} /> },
      { id: 'cases', label: text('FlexcordCases'), content: <CasesTab {...subject} /> },
      { id: 'knowledge', label: text('FlexcordKnowledge'), content: <KnowledgeTab {...subject} /> },
    ]}
  />
);

function useLiveEvents(): void {
  React.useEffect(() => {
    let wasConnected = true;
    return followPanelEvents({
      onEvent: applyPanelEvent,
      onConnection: (connected) => {
        // What failed while the bridge was away is asked again as soon as it is back.
        if (connected && !wasConnected) void queryClient.invalidateQueries();
        wasConnected = connected;
      },
    });
  }, []);
}

/** Shows a fault of what is in it in its place, and never lets it reach Flex. */
export class PanelFault extends React.Component<unknown, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidCatch(error: Error) {
    console.error('plugin-flexcord: the panel failed', error);
  }

  override render() {
    return this.state.failed ? <p role="alert">{text('FlexcordPanelFailed')}</p> : this.props.children;
  }
}
