import { Button } from '@twilio/flex-ui';
import * as React from 'react';

import { useTranscript } from '../hooks/caseQueries.ts';
import { formatDate } from '../utils/format.ts';
import { text } from '../utils/strings.ts';
import { Column } from './Column.tsx';
import { QueryState } from './QueryState.tsx';
import { Row } from './Row.tsx';
import { SecondaryText } from './SecondaryText.tsx';
import { UserText } from './UserText.tsx';

/** A line about a conversation, and its transcript on demand. */
export const TranscriptToggle: React.FC<{ conversationSid: string }> = ({ conversationSid, children }) => {
  const [isOpen, setOpen] = React.useState(false);
  return (
    <Column gap="space20">
      <Row>
        {children}
        <Button variant="link" size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {text(isOpen ? 'FlexcordHideTranscript' : 'FlexcordReadTranscript')}
        </Button>
      </Row>
      {isOpen ? <Transcript conversationSid={conversationSid} /> : null}
    </Column>
  );
};

const Transcript = ({ conversationSid }: { conversationSid: string }) => {
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
              <SecondaryText>
                <bdi>{message.authorName}</bdi> · {formatDate(message.sentAt, true)}
              </SecondaryText>
              <UserText>{message.text}</UserText>
            </div>
          ))}
        </Column>
      )}
    </QueryState>
  );
};
