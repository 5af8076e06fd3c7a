import * as React from 'react';

import { formatDate } from '../../utils/format.ts';
import { relativeTime } from '../../utils/relativeTime.ts';
import { Hint } from './Hint.tsx';
import { TableContext } from './tableContext.ts';

/**
 * How long ago something was; the exact time is shown while it has the pointer or the focus. In a table the arrow keys
 * reach it, so that the Tab key does not stop at every date.
 */
export const Time = ({ at }: { at: string }) => {
  const isInTable = React.useContext(TableContext);
  return (
    <Hint hint={() => formatDate(at, true)}>
      <time dateTime={at} tabIndex={isInTable ? -1 : 0} style={{ whiteSpace: 'nowrap' }}>
        {relativeTime(at)}
      </time>
    </Hint>
  );
};
