import { Box } from '@twilio-paste/core/box';
import * as React from 'react';
import { formatDate } from '../../utils/format.ts';
import { formatDuration } from '../../utils/formatDuration.ts';
import { text } from '../../utils/strings.ts';
import { Hint } from './Hint.tsx';
import { TableContext } from './tableContext.ts';
import { Weak } from './Weak.tsx';

/** For how long a member has waited for a first answer. */
export const WaitingTime = ({ since }: { since: string | null }) => {
  const isInTable = React.useContext(TableContext);
  if (since === null) return isInTable ? <Weak>—</Weak> : null;
  const duration = formatDuration(Date.now() - Date.parse(since), { whole: true });
  return (
    <Hint hint={text('FlexcordCasesWaitingSince', { date: formatDate(since, true) })}>
      <Box
        as="span"
        // Otherwise the exact time would need a mouse.
        tabIndex={isInTable ? -1 : 0}
        whiteSpace="nowrap"
        fontWeight="fontWeightMedium"
        color="colorTextWarningStrong"
      >
        {isInTable ? duration : text('FlexcordWaiting', { duration })}
      </Box>
    </Hint>
  );
};
