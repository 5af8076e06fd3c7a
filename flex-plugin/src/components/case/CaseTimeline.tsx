import type { CaseDetail, CaseEvent } from '@flexcord/shared/panel/case';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';
import { formatDate } from '../../utils/format.ts';
import { text } from '../../utils/strings.ts';
import { Column } from '../Column.tsx';
import { SecondaryText } from '../SecondaryText.tsx';
import { SectionHeading } from '../SectionHeading.tsx';
import { UserText } from '../UserText.tsx';

/** What became of a case, newest first. */
export const CaseTimeline = ({ detail }: { detail: CaseDetail }) => (
  <Column gap="space30">
    <SectionHeading>{text('FlexcordTimeline')}</SectionHeading>
    <Box as="ol" margin="space0" padding="space0" style={{ listStyle: 'none' }}>
      {[...detail.timeline].reverse().map((event) => (
        <Box
          key={event.id}
          as="li"
          paddingY="space30"
          paddingX="space40"
          borderLeftWidth="borderWidth20"
          borderLeftStyle="solid"
          borderLeftColor={event.kind === 'note' ? 'colorBorderWarningWeak' : 'colorBorderWeak'}
        >
          <SecondaryText>
            {text(`FlexcordEvent_${event.kind}`)} · <bdi>{event.actorName}</bdi> ·{' '}
            {formatDate(event.at, true)}
          </SecondaryText>
          <UserText>{wordsOf(event)}</UserText>
        </Box>
      ))}
    </Box>
  </Column>
);

export const CaseEventLine = ({ event }: { event: CaseEvent }) => (
  <UserText>
    <bdi>{event.actorName}</bdi> · {text(`FlexcordEvent_${event.kind}`)}: {wordsOf(event)}
  </UserText>
);

/** The bridge names statuses as the API does; agents read them in their language. */
function wordsOf({ kind, text: words }: CaseEvent): string {
  const [, from, to] = (kind === 'status' && /^([a-z]+) → ([a-z]+)$/.exec(words)) || [];
  return from && to ? `${text(`FlexcordStatus_${from}`)} → ${text(`FlexcordStatus_${to}`)}` : words;
}
