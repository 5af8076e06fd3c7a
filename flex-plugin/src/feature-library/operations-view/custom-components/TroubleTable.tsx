import type { Operations } from '@flexcord/shared/panel/operations';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { Badge } from '../../../components/Badge.tsx';
import { Column } from '../../../components/Column.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { Table, TableCell, TableHeader, TableRow } from '../../../components/Table.tsx';
import { Time } from '../../../components/view/Time.tsx';
import { formatNumber } from '../../../utils/format.ts';
import { text } from '../../../utils/strings.ts';

/** The latest warnings and errors. They are in the words of the log, so that both can be compared. */
export const TroubleTable = ({ troubles }: Pick<Operations, 'troubles'>) =>
  troubles.length === 0 ? (
    <Box color="colorTextWeak">{text('FlexcordOpsNoTroubles')}</Box>
  ) : (
    <Table
      label={text('FlexcordOpsTroubles')}
      headers={
        <>
          <TableHeader width="120px">{text('FlexcordOpsAt')}</TableHeader>
          <TableHeader width="110px">{text('FlexcordOpsLevel')}</TableHeader>
          <TableHeader>{text('FlexcordOpsWhat')}</TableHeader>
          <TableHeader width="90px">{text('FlexcordOpsTimes')}</TableHeader>
        </>
      }
    >
      {troubles.map(({ at, level, message, about, count }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two troubles may be alike in all they say.
        <TableRow key={index}>
          <TableCell>
            <Time at={at} />
          </TableCell>
          <TableCell>
            <Badge variant={level === 'error' ? 'error' : 'warning'}>
              {text(`FlexcordOpsLevel_${level}`)}
            </Badge>
          </TableCell>
          <TableCell>
            <Column gap="space10">
              <span lang="en">{message}</span>
              {about === null ? null : <SecondaryText>{about}</SecondaryText>}
            </Column>
          </TableCell>
          <TableCell>{formatNumber(count)}</TableCell>
        </TableRow>
      ))}
    </Table>
  );
