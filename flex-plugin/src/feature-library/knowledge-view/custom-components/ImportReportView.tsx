import type { ImportReport } from '@flexcord/shared/panel/library';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';
import { Callout } from '../../../components/Callout.tsx';
import { Column } from '../../../components/Column.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { SectionHeading } from '../../../components/SectionHeading.tsx';
import { Table, TableCell, TableHeader, TableRow } from '../../../components/Table.tsx';
import { formatNumber } from '../../../utils/format.ts';
import { text } from '../../../utils/strings.ts';

const MAX_VISIBLE_ROWS = 200;

/** What an import would do, or did: how many articles, and which rows were of no use and why. */
export const ImportReportView = ({ report }: { report: ImportReport }) => {
  const { dryRun, created, updated, unchanged, broken, skipped } = report;
  return (
    <Column gap="space50">
      <Callout variant={broken.length > 0 ? 'warning' : 'success'}>
        {text(dryRun ? 'FlexcordKbDryRun' : 'FlexcordKbImported')}
        {broken.length > 0
          ? ` ${text(dryRun ? 'FlexcordKbBrokenRows' : 'FlexcordKbBrokenRowsLeft', { count: formatNumber(broken.length) })}`
          : ''}
      </Callout>
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
      <SectionHeading>{title}</SectionHeading>
      <Table
        label={title}
        headers={
          <>
            <TableHeader width="30%">{text('FlexcordKbWhere')}</TableHeader>
            <TableHeader>{text('FlexcordKbWhy')}</TableHeader>
          </>
        }
      >
        {notes.slice(0, MAX_VISIBLE_ROWS).map(({ where, why }) => (
          <TableRow key={`${where} ${why}`}>
            <TableCell>{where}</TableCell>
            <TableCell>{why}</TableCell>
          </TableRow>
        ))}
      </Table>
      {notes.length > MAX_VISIBLE_ROWS ? (
        <SecondaryText>
          {text('FlexcordKbMoreRows', { count: formatNumber(notes.length - MAX_VISIBLE_ROWS) })}
        </SecondaryText>
      ) : null}
    </Column>
  );
};
