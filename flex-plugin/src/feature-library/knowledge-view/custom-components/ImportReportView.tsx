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
import { ArticleStatusBadge } from './ArticleStatusBadge.tsx';

const MAX_VISIBLE_ROWS = 200;

/** The result of an import or its dry run: numbers of articles, and the rows that were not used, with reasons. */
export const ImportReportView = ({ report }: { report: ImportReport }) => {
  const { dryRun, created, updated, unchanged, broken, skipped, withdrawn, gone, changes } = report;
  return (
    <Column gap="space50">
      <Callout variant={broken.length > 0 ? 'warning' : 'success'}>
        {text(dryRun ? 'FlexcordKbDryRun' : 'FlexcordKbImported')}
        {broken.length > 0
          ? ` ${text(dryRun ? 'FlexcordKbBrokenRows' : 'FlexcordKbBrokenRowsLeft', { count: broken.length })}`
          : ''}
      </Callout>
      <Box
        as="dl"
        margin="space0"
        display="grid"
        gridTemplateColumns="repeat(auto-fit, minmax(110px, 1fr))"
        columnGap="space30"
        rowGap="space30"
      >
        <Count label={text('FlexcordKbCreated')} value={created} />
        <Count label={text('FlexcordKbUpdated')} value={updated} />
        <Count label={text('FlexcordKbUnchanged')} value={unchanged} />
        <Count label={text('FlexcordKbBroken')} value={broken.length} />
        <Count label={text('FlexcordKbSkipped')} value={skipped.length} />
        <Count label={text('FlexcordKbWithdrawn')} value={withdrawn.length} />
        <Count label={text('FlexcordKbGone')} value={gone.length} />
      </Box>
      <Changes changes={changes} />
      <RowNotes title={text('FlexcordKbBroken')} notes={broken} />
      <RowNotes title={text('FlexcordKbSkipped')} notes={skipped} />
      <RowNotes title={text('FlexcordKbWithdrawn')} notes={withdrawn} />
      <RowNotes title={text('FlexcordKbGone')} help={text('FlexcordKbGoneHelp')} notes={gone} />
    </Column>
  );
};

const Count = ({ label, value }: { label: string; value: number }) => (
  <Box
    paddingX="space40"
    paddingY="space30"
    borderWidth="borderWidth10"
    borderStyle="solid"
    borderColor="colorBorderWeaker"
    borderRadius="borderRadius20"
    display="flex"
    flexDirection="column-reverse"
    justifyContent="flex-end"
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

/** The first articles that are made or changed. */
const Changes = ({ changes }: Pick<ImportReport, 'changes'>) =>
  changes.length === 0 ? null : (
    <Column gap="space20">
      <SectionHeading>{text('FlexcordKbChanges')}</SectionHeading>
      <Table
        label={text('FlexcordKbChanges')}
        headers={
          <>
            <TableHeader>{text('FlexcordKbTitle')}</TableHeader>
            <TableHeader width="110px">{text('FlexcordKbImportResult')}</TableHeader>
            <TableHeader width="120px">{text('FlexcordKbFilter_status')}</TableHeader>
            <TableHeader width="30%">{text('FlexcordKbWhere')}</TableHeader>
          </>
        }
      >
        {changes.map(({ is, id, title, status, where }) => (
          <TableRow key={id}>
            <TableCell>
              <bdi>{title}</bdi>
            </TableCell>
            <TableCell>{text(is === 'created' ? 'FlexcordKbCreated' : 'FlexcordKbUpdated')}</TableCell>
            <TableCell>
              <ArticleStatusBadge article={{ status, deleted: false }} />
            </TableCell>
            <TableCell>{where}</TableCell>
          </TableRow>
        ))}
      </Table>
    </Column>
  );

interface NotesProps {
  title: string;
  help?: string;
  notes: ImportReport['broken'];
}

const RowNotes = ({ title, help, notes }: NotesProps) => {
  if (notes.length === 0) return null;
  return (
    <Column gap="space20">
      <SectionHeading>{title}</SectionHeading>
      {help ? <SecondaryText>{help}</SecondaryText> : null}
      <Table
        label={title}
        headers={
          <>
            <TableHeader width="30%">{text('FlexcordKbWhere')}</TableHeader>
            <TableHeader>{text('FlexcordKbWhy')}</TableHeader>
          </>
        }
      >
        {notes.slice(0, MAX_VISIBLE_ROWS).map(({ where, reason }) => (
          <TableRow key={`${where} ${reason}`}>
            <TableCell>{where}</TableCell>
            <TableCell>{reason}</TableCell>
          </TableRow>
        ))}
      </Table>
      {notes.length > MAX_VISIBLE_ROWS ? (
        <SecondaryText>
          {text('FlexcordKbMoreRows', { count: notes.length - MAX_VISIBLE_ROWS })}
        </SecondaryText>
      ) : null}
    </Column>
  );
};
