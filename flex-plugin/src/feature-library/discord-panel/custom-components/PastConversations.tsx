import type { PastConversation } from '@flexcord/shared/panel/member';
import * as React from 'react';

import { Card } from '../../../components/Card.tsx';
import { Column } from '../../../components/Column.tsx';
import { PagedList } from '../../../components/PagedList.tsx';
import { Row } from '../../../components/Row.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { SectionHeading } from '../../../components/SectionHeading.tsx';
import { TranscriptToggle } from '../../../components/TranscriptToggle.tsx';
import { formatDate } from '../../../utils/format.ts';
import { text } from '../../../utils/strings.ts';
import { usePastConversations } from '../utils/panelQueries.ts';

export const PastConversations = ({ memberId }: { memberId: string }) => (
  <Column gap="space30">
    <SectionHeading>{text('FlexcordPastConversations')}</SectionHeading>
    <PagedList
      query={usePastConversations(memberId)}
      itemsOf={({ conversations }) => conversations}
      emptyText={text('FlexcordNoPastConversations')}
    >
      {(conversation: PastConversation) => (
        <Conversation key={conversation.conversationSid} conversation={conversation} />
      )}
    </PagedList>
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
          <SecondaryText>
            <bdi>{agentName ?? text('FlexcordVirtualAgent')}</bdi>
          </SecondaryText>
        </TranscriptToggle>
      </Column>
    </Card>
  );
};
