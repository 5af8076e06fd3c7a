import type { CaseDetail } from '@flexcord/shared/panel/case';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../../utils/strings.ts';
import { Card } from '../Card.tsx';
import { Column } from '../Column.tsx';
import { SecondaryText } from '../SecondaryText.tsx';
import { SectionHeading } from '../SectionHeading.tsx';
import { TranscriptToggle } from '../TranscriptToggle.tsx';
import { UserText } from '../UserText.tsx';

/** The conversations of a case with their transcripts, and messages of the server that were linked to it. */
export const LinkedConversations = ({ conversationSids, messages }: CaseDetail) =>
  conversationSids.length + messages.length === 0 ? null : (
    <Column gap="space30">
      <SectionHeading>{text('FlexcordLinkedConversations')}</SectionHeading>
      {conversationSids.map((sid, index) => (
        <Card key={sid}>
          <TranscriptToggle conversationSid={sid}>
            <SecondaryText>{text('FlexcordConversation', { number: index + 1 })}</SecondaryText>
          </TranscriptToggle>
        </Card>
      ))}
      {messages.map(({ url, authorName, quote }) => (
        <Card key={url}>
          <SecondaryText>
            <bdi>{authorName}</bdi>
          </SecondaryText>
          <UserText>{quote}</UserText>
          <Box as="a" href={url} target="_blank" rel="noreferrer" color="colorTextLink">
            {text('FlexcordOpenInDiscord')}
          </Box>
        </Card>
      ))}
    </Column>
  );
