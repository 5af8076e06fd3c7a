import type { ImportReport } from '@flexcord/shared/panel/library';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';
import { Column, SectionTitle, Weak } from '../../discord-panel/custom-components/ui.tsx';
import { formatNumber, Notice } from './parts.tsx';
import { Cell, Table, TableRow } from './table.tsx';

const MOST_ROWS = 200;

/** What an import would do, or did: how many articles, and which rows were of no use and why. */
export const ImportReportView = ({ report }: { report: ImportReport }) => {
  const { dryRun, created, updated, unchanged, broken, skipped } = report;
  return (
    <Column gap="space50">
      <Notice tone={broken.length > 0 ? 'warning' : 'success'}>
        {text(dryRun ? 'FlexcordKbDryRun' : 'FlexcordKbImported')}
        {broken.length > 0
          ? ` ${text(dryRun ? 'FlexcordKbBrokenRows' : 'FlexcordKbBrokenRowsLeft', { count: formatNumber(broken.length) })}`
          : ''}
      </Notice>
      <Box as="dl" margin="space0" display="flex" flexWrap="wrap" columnGap="space40" rowGap="space40">
        <Figure label={text('FlexcordKbCreated')} value={created} />
        <Figure label={text('FlexcordKbUpdated')} value={updated} />
        <Figure label={text('FlexcordKbUnchanged')} value={unchanged} />
        <Figure label={text('FlexcordKbBroken')} value={broken.length} />
        <Figure label={text('FlexcordKbSkipped')} value={skipped.length} />
      </Box>
      <Notes title={text('FlexcordKbBroken')} notes={broken} />
      <Notes title={text('FlexcordKbSkipped')} notes={skipped} />
    </Column>
  );
};

const Figure = ({ label, value }: { label: string; value: number }) => (
  <Box
    minWidth="120px"
    paddingX="space50"
    paddingY="space40"
    borderWidth="borderWidth10"
    borderStyle="solid"
    borderColor="colorBorderWeaker"
    borderRadius="borderRadius20"
    display="flex"
    flexDirection="column-reverse"
  >
    <Box as="dt" fontSize="fontSize20" color="colorTextWeak">
      {label}
    </Box>
    <Box
      as="dd"
      margin="space0"
      fontSize="fontSize60"
      lineHeight="lineHeight60"
      fontWeight="fontWeightSemibold"
    >
      {formatNumber(value)}
    </Box>
  </Box>
);

const Notes = ({ title, notes }: { title: string; notes: ImportReport['broken'] }) => {
  if (notes.length === 0) return null;
  return (
    <Column gap="space20">
      <SectionTitle>{title}</SectionTitle>
      <Table
        label={title}
        columns={[{ heading: text('FlexcordKbWhere'), width: '30%' }, { heading: text('FlexcordKbWhy') }]}
      >
        {notes.slice(0, MOST_ROWS).map(({ where, why }) => (
          <TableRow key={`${where} ${why}`}>
            <Cell>{where}</Cell>
            <Cell>{why}</Cell>
          </TableRow>
        ))}
      </Table>
      {notes.length > MOST_ROWS ? (
        <Weak>{text('FlexcordKbMoreRows', { count: formatNumber(notes.length - MOST_ROWS) })}</Weak>
      ) : null}
    </Column>
  );
};
