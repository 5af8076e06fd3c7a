import * as React from 'react';

import { text } from '../../../utils/strings.ts';
import { TranscriptToggle } from './Transcript.tsx';
import { Card, Column, SectionTitle, Weak } from './ui.tsx';

/** The conversations that a case came from, each to be read. */
export const LinkedConversations = ({ sids }: { sids: string[] }) =>
  sids.length === 0 ? null : (
    <Column gap="space30">
      <SectionTitle>{text('FlexcordLinkedConversations')}</SectionTitle>
      {sids.map((sid, index) => (
        <Card key={sid}>
          <TranscriptToggle conversationSid={sid}>
            <Weak>{text('FlexcordConversation', { number: index + 1 })}</Weak>
          </TranscriptToggle>
        </Card>
      ))}
    </Column>
  );
