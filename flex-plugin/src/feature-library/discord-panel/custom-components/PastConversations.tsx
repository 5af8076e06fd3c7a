import type { PastConversation } from '@flexcord/shared/panel/member';
import { Button } from '@twilio/flex-ui';
import * as React from 'react';

import { usePastConversations, useTranscript } from '../../../utils/bridge/queries.ts';
import { text } from '../../../utils/strings.ts';
import { QueryState } from './QueryState.tsx';
import { Card, Column, formatDate, Row, SectionTitle, Weak } from './ui.tsx';

export const PastConversations = ({ memberId }: { memberId: string }) => {
  const query = usePastConversations(memberId);
  return (
    <Column gap="space30">
      <SectionTitle>{text('FlexcordPastConversations')}</SectionTitle>
      <QueryState
        query={query}
        isEmpty={({ conversations }) => conversations.length === 0}
        emptyText={text('FlexcordNoPastConversations')}
      >
        {({ conversations }) => (
          <Column gap="space30">
            {conversations.map((conversation) => (
              <Conversation key={conversation.conversationSid} conversation={conversation} />
            ))}
          </Column>
        )}
      </QueryState>
    </Column>
  );
};

const Conversation = ({ conversation }: { conversation: PastConversation }) => {
  const [isOpen, setOpen] = React.useState(false);
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
        <Row>
          <Weak>{agentName ?? text('FlexcordVirtualAgent')}</Weak>
          <Button variant="link" size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {text(isOpen ? 'FlexcordHideTranscript' : 'FlexcordReadTranscript')}
          </Button>
        </Row>
        {isOpen ? <TranscriptOf conversationSid={conversationSid} /> : null}
      </Column>
    </Card>
  );
};

const TranscriptOf = ({ conversationSid }: { conversationSid: string }) => {
  const query = useTranscript(conversationSid);
  return (
    <QueryState
      query={query}
      isEmpty={({ messages }) => messages.length === 0}
      emptyText={text('FlexcordNoMessages')}
    >
      {({ messages }) => (
        <Column gap="space20">
          {messages.map((message) => (
            <div key={message.id}>
              <Weak>
                {message.authorName} · {formatDate(message.sentAt, true)}
              </Weak>
              <div style={{ whiteSpace: 'pre-wrap' }}>{message.text}</div>
            </div>
          ))}
        </Column>
      )}
    </QueryState>
  );
};
