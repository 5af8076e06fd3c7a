import type { CaseDetail } from '@flexcord/shared/panel/case';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';
import { TranscriptToggle } from './Transcript.tsx';
import { Card, Column, SectionTitle, Weak } from './ui.tsx';
import { Words } from './Words.tsx';

/** What a case came from: conversations, each to be read, and single messages of the server. */
export const LinkedConversations = ({ conversationSids, messages }: CaseDetail) =>
  conversationSids.length + messages.length === 0 ? null : (
    <Column gap="space30">
      <SectionTitle>{text('FlexcordLinkedConversations')}</SectionTitle>
      {conversationSids.map((sid, index) => (
        <Card key={sid}>
          <TranscriptToggle conversationSid={sid}>
            <Weak>{text('FlexcordConversation', { number: index + 1 })}</Weak>
          </TranscriptToggle>
        </Card>
      ))}
      {messages.map(({ url, authorName, quote }) => (
        <Card key={url}>
          <Weak>
            <bdi>{authorName}</bdi>
          </Weak>
          <Words>{quote}</Words>
          <Box as="a" href={url} target="_blank" rel="noreferrer" color="colorTextLink">
            {text('FlexcordOpenInDiscord')}
          </Box>
        </Card>
      ))}
    </Column>
  );
