import type { CaseTiles as CaseCounts } from '@flexcord/shared/panel/case-list';
import { Box, type BoxProps } from '@twilio-paste/core/box';
import * as React from 'react';

import { QueryState } from '../../../components/QueryState.tsx';
import { flexLanguage, text } from '../../../utils/strings.ts';
import { UNFINISHED, useTiles } from '../utils/caseListQueries.ts';
import type { CasesNavigation, Filters } from '../utils/casesLocation.ts';

interface Tile {
  id: keyof CaseCounts;
  filters: Filters;
  color: BoxProps['color'];
}

const tiles: Tile[] = [
  { id: 'all', filters: {}, color: 'colorText' },
  { id: 'open', filters: { status: 'open' }, color: 'colorTextLink' },
  { id: 'elevated', filters: { status: 'elevated' }, color: 'colorTextErrorStrong' },
  { id: 'waiting', filters: { status: 'waiting' }, color: 'colorTextWarningStrong' },
  { id: 'resolved', filters: { status: 'resolved' }, color: 'colorTextSuccess' },
  { id: 'closed', filters: { status: 'closed' }, color: 'colorTextWeak' },
  { id: 'unassigned', filters: { status: UNFINISHED, assignee: 'none' }, color: 'colorText' },
];

/** How many cases there are of each kind; pressing a tile lists them. */
export const CaseTiles = ({ location, navigate }: CasesNavigation) => {
  const numbers = new Intl.NumberFormat(flexLanguage());
  const { status, assignee } = location.filters;
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
          {tiles.map(({ id, filters, color }) => {
            const isOn = status === filters.status && assignee === filters.assignee;
            return (
              <Box
                key={id}
                as="button"
                type="button"
                aria-pressed={isOn}
                onClick={() =>
                  navigate({
                    layout: location.layout === 'charts' ? 'table' : location.layout,
                    filters: { ...location.filters, status: undefined, assignee: undefined, ...filters },
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
