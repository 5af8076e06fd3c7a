import type { CaseTiles } from '@flexcord/shared/panel/case-list';
import { Box, type BoxProps } from '@twilio-paste/core/box';
import * as React from 'react';

import { flexLanguage, text } from '../../../utils/strings.ts';
import { QueryState } from '../../discord-panel/custom-components/QueryState.tsx';
import { UNFINISHED, useTiles } from '../utils/caseQueries.ts';
import type { Filters, Way } from '../utils/caseUrl.ts';

interface Tile {
  id: keyof CaseTiles;
  narrows: Filters;
  color: BoxProps['color'];
}

const tiles: Tile[] = [
  { id: 'all', narrows: {}, color: 'colorText' },
  { id: 'open', narrows: { status: 'open' }, color: 'colorTextLink' },
  { id: 'elevated', narrows: { status: 'elevated' }, color: 'colorTextErrorStrong' },
  { id: 'waiting', narrows: { status: 'waiting' }, color: 'colorTextWarningStrong' },
  { id: 'resolved', narrows: { status: 'resolved' }, color: 'colorTextSuccess' },
  { id: 'closed', narrows: { status: 'closed' }, color: 'colorTextWeak' },
  { id: 'unassigned', narrows: { status: UNFINISHED, assignee: 'none' }, color: 'colorText' },
];

/** How many cases there are of each kind; each tile narrows the list down to its own. */
export const CaseTilesRow = ({ place, go }: Way) => {
  const numbers = new Intl.NumberFormat(flexLanguage());
  const { status, assignee } = place.filters;
  return (
    <QueryState query={useTiles()}>
      {(counts) => (
        <Box
          role="group"
          aria-label={text('FlexcordCasesTiles')}
          display="grid"
          gridTemplateColumns="repeat(auto-fit, minmax(110px, 1fr))"
          columnGap="space40"
          rowGap="space40"
        >
          {tiles.map(({ id, narrows, color }) => {
            const isOn = status === narrows.status && assignee === narrows.assignee;
            return (
              <Box
                key={id}
                as="button"
                type="button"
                aria-pressed={isOn}
                onClick={() =>
                  go({
                    shape: place.shape === 'charts' ? 'table' : place.shape,
                    filters: { ...place.filters, status: undefined, assignee: undefined, ...narrows },
                  })
                }
                appearance="none"
                display="flex"
                flexDirection="column"
                rowGap="space10"
                textAlign="start"
                padding="space50"
                cursor="pointer"
                borderWidth="borderWidth10"
                borderStyle="solid"
                borderColor={isOn ? 'colorBorderPrimary' : 'colorBorderWeaker'}
                borderRadius="borderRadius30"
                backgroundColor={isOn ? 'colorBackgroundPrimaryWeakest' : 'colorBackgroundBody'}
                _hover={{ borderColor: 'colorBorderPrimary' }}
                _focusVisible={{ boxShadow: 'shadowFocus', outline: 'none' }}
              >
                <Box
                  as="span"
                  fontSize="fontSize70"
                  lineHeight="lineHeight70"
                  fontWeight="fontWeightBold"
                  color={color}
                >
                  {numbers.format(counts[id])}
                </Box>
                <Box as="span" fontSize="fontSize20" color="colorTextWeak">
                  {text(`FlexcordCasesTile_${id}`)}
                </Box>
              </Box>
            );
          })}
        </Box>
      )}
    </QueryState>
  );
};
