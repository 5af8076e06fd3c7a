import { Box } from '@twilio-paste/core/box';
import * as React from 'react';
import { formatDate } from '../../utils/format.ts';
import { formatDuration } from '../../utils/formatDuration.ts';
import { text } from '../../utils/strings.ts';
import { Hint } from './Hint.tsx';
import { TableContext } from './tableContext.ts';
import { Weak } from './Weak.tsx';

/** From when on it is coloured, in milliseconds: the first minutes of a wait are nobody's fault. */
const LONG_MS = 3_600_000;

/** For how long a member has waited for an answer. */
export const WaitingTime = ({ since }: { since: string | null }) => {
  const isInTable = React.useContext(TableContext);
  if (since === null) return isInTable ? <Weak>—</Weak> : null;
  const waited = Date.now() - Date.parse(since);
  const duration = formatDuration(waited, { whole: true });
  return (
    <Hint hint={() => text('FlexcordCasesWaitingSince', { date: formatDate(since, true) })}>
      <Box
        as="span"
        // Otherwise the exact time would need a mouse.
        tabIndex={isInTable ? -1 : 0}
        whiteSpace="nowrap"
        fontWeight="fontWeightMedium"
        color={waited < LONG_MS ? 'colorText' : 'colorTextWarningStrong'}
      >
        {isInTable ? duration : text('FlexcordWaiting', { duration })}
      </Box>
    </Hint>
  );
};
