import type { CaseDetail, CaseEvent } from '@flexcord/shared/panel/case';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';
import { Column, formatDate, SectionTitle, Weak } from './ui.tsx';
import { Words } from './Words.tsx';

/** What became of a case, newest first. */
export const CaseTimeline = ({ detail }: { detail: CaseDetail }) => (
  <Column gap="space30">
    <SectionTitle>{text('FlexcordTimeline')}</SectionTitle>
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
          <Weak>
            {text(`FlexcordEvent_${event.kind}`)} · <bdi>{event.actorName}</bdi> ·{' '}
            {formatDate(event.at, true)}
          </Weak>
          <Words>{wordsOf(event)}</Words>
        </Box>
      ))}
    </Box>
  </Column>
);

export const CaseEventLine = ({ event }: { event: CaseEvent }) => (
  <Words>
    <bdi>{event.actorName}</bdi> · {text(`FlexcordEvent_${event.kind}`)}: {wordsOf(event)}
  </Words>
);

/** The bridge names statuses as the API does; agents read them in their language. */
function wordsOf({ kind, text: words }: CaseEvent): string {
  const [, from, to] = (kind === 'status' && /^([a-z]+) → ([a-z]+)$/.exec(words)) || [];
  return from && to ? `${text(`FlexcordStatus_${from}`)} → ${text(`FlexcordStatus_${to}`)}` : words;
}
