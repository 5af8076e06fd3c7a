import type { PastConversation } from '@flexcord/shared/panel/member';
import * as React from 'react';

import { usePastConversations } from '../../../utils/bridge/queries.ts';
import { text } from '../../../utils/strings.ts';
import { Paged } from './Paged.tsx';
import { TranscriptToggle } from './Transcript.tsx';
import { Card, Column, formatDate, Row, SectionTitle, Weak } from './ui.tsx';

export const PastConversations = ({ memberId }: { memberId: string }) => (
  <Column gap="space30">
    <SectionTitle>{text('FlexcordPastConversations')}</SectionTitle>
    <Paged
      query={usePastConversations(memberId)}
      itemsOf={({ conversations }) => conversations}
      emptyText={text('FlexcordNoPastConversations')}
    >
      {(conversation: PastConversation) => (
        <Conversation key={conversation.conversationSid} conversation={conversation} />
      )}
    </Paged>
  </Column>
);

const Conversation = ({ conversation }: { conversation: PastConversation }) => {
  const { agentName, conversationSid, outcome, rating, startedAt } = conversation;
  return (
    <Card>
      <Column gap="space20">
        <Row>
          <strong>{formatDate(startedAt)}</strong>
          <span>{text(`FlexcordOutcome_${outcome}`)}</span>
          {rating ? (
            <span role="img" aria-label={text('FlexcordRating', { rating })}>
              {'★'.repeat(rating)}
            </span>
          ) : null}
        </Row>
        <TranscriptToggle conversationSid={conversationSid}>
          <Weak>
            <bdi>{agentName ?? text('FlexcordVirtualAgent')}</bdi>
          </Weak>
        </TranscriptToggle>
      </Column>
    </Card>
  );
};
