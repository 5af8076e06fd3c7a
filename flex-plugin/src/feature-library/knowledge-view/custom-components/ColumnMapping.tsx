import type { ImportMapping, ImportReport } from '@flexcord/shared/panel/library';
import { IMPORT_FIELDS } from '@flexcord/shared/panel/library-constants';
import { Box } from '@twilio-paste/core/box';
import { Option, Select } from '@twilio-paste/core/select';
import * as React from 'react';

import { Column } from '../../../components/Column.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { SectionHeading } from '../../../components/SectionHeading.tsx';
import { Table, TableCell, TableHeader, TableRow } from '../../../components/Table.tsx';
import { text } from '../../../utils/strings.ts';

interface Props {
  columns: ImportReport['columns'];
  disabled: boolean;
  /** Another field for a column. */
  onMap: (mapping: ImportMapping) => void;
}

/** What each column of the file becomes, which can be changed before the import. */
export const ColumnMapping = ({ columns, disabled, onMap }: Props) => (
  <Column gap="space30">
    <SectionHeading>{text('FlexcordKbMapping')}</SectionHeading>
    <SecondaryText>{text('FlexcordKbMappingHelp')}</SecondaryText>
    <Table
      label={text('FlexcordKbMapping')}
      headers={
        <>
          <TableHeader width="30%">{text('FlexcordKbMapping_column')}</TableHeader>
          <TableHeader>{text('FlexcordKbMapping_example')}</TableHeader>
          <TableHeader width="220px">{text('FlexcordKbMapping_field')}</TableHeader>
        </>
      }
    >
      {columns.map(({ name, field, example }) => (
        <TableRow key={name}>
          <TableCell>
            <bdi>{name}</bdi>
          </TableCell>
          <TableCell>
            <Box as="span" dir="auto" color="colorTextWeak">
              {example}
            </Box>
          </TableCell>
          <TableCell>
            <Select
              aria-label={text('FlexcordKbMappingOf', { name })}
              value={field ?? ''}
              disabled={disabled}
              onChange={(event: React.ChangeEvent<HTMLSelectElement>) =>
                onMap({ [name]: (event.target.value || null) as ImportMapping[string] })
              }
            >
              <Option value="">{text('FlexcordKbMapping_none')}</Option>
              {IMPORT_FIELDS.map((value) => (
                <Option key={value} value={value}>
                  {text(`FlexcordKbField_${value}`)}
                </Option>
              ))}
            </Select>
          </TableCell>
        </TableRow>
      ))}
    </Table>
  </Column>
);
