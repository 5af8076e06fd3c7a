import type { CaseDetail, CaseEvent } from '@flexcord/shared/panel/case';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../../utils/strings.ts';
import { Column } from '../Column.tsx';
import { SecondaryText } from '../SecondaryText.tsx';
import { SectionHeading } from '../SectionHeading.tsx';
import { UserText } from '../UserText.tsx';
import { Time } from '../view/Time.tsx';

/** The events of a case, newest first. */
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
            {text(`FlexcordEvent_${event.kind}`)} · <bdi>{event.actorName}</bdi> · <Time at={event.at} />
          </SecondaryText>
          <UserText>{eventText(event)}</UserText>
        </Box>
      ))}
    </Box>
  </Column>
);

export const CaseEventLine = ({ event }: { event: CaseEvent }) => (
  <UserText>
    <bdi>{event.actorName}</bdi> · {text(`FlexcordEvent_${event.kind}`)}: {eventText(event)}
  </UserText>
);

/** Translates the statuses in the text of a status event; the bridge writes them as its API does. */
function eventText({ kind, text: original }: CaseEvent): string {
  const [, from, to] = (kind === 'status' && /^([a-z]+) → ([a-z]+)$/.exec(original)) || [];
  return from && to ? `${text(`FlexcordStatus_${from}`)} → ${text(`FlexcordStatus_${to}`)}` : original;
}
