import type { Operations } from '@flexcord/shared/panel/operations';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { Table, TableCell, TableHeader, TableRow } from '../../../components/Table.tsx';
import { formatNumber } from '../../../utils/format.ts';
import { formatDuration } from '../../../utils/formatDuration.ts';
import { text } from '../../../utils/strings.ts';

/** What waits, the oldest first. */
export const BacklogTable = ({ backlog }: Pick<Operations, 'backlog'>) =>
  backlog.length === 0 ? (
    <Box color="colorTextWeak">{text('FlexcordOpsNothingWaits')}</Box>
  ) : (
    <Table
      label={text('FlexcordOpsBacklog')}
      headers={
        <>
          <TableHeader>{text('FlexcordOpsWhere')}</TableHeader>
          <TableHeader width="140px">{text('FlexcordOpsCount')}</TableHeader>
          <TableHeader width="180px">{text('FlexcordOpsOldest')}</TableHeader>
        </>
      }
    >
      {[...backlog]
        .sort((one, other) => other.oldestMs - one.oldestMs)
        .map(({ group, count, oldestMs }) => (
          <TableRow key={group}>
            <TableCell>{text(`FlexcordOpsGroup_${group}`)}</TableCell>
            <TableCell>{formatNumber(count)}</TableCell>
            <TableCell>{formatDuration(oldestMs)}</TableCell>
          </TableRow>
        ))}
    </Table>
  );
