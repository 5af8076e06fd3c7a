import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

// Paste's own table would bring all of Paste's themes a second time into the views file.

interface TableProps {
  label: string;
  /** Heading of every column, and how wide it is, as in CSS. */
  columns: ReadonlyArray<{ heading: string; width?: string }>;
}

export const Table: React.FC<TableProps> = ({ label, columns, children }) => (
  <Box overflowX="auto">
    <Box as="table" aria-label={label} width="100%" textAlign="start" style={{ borderCollapse: 'collapse' }}>
      <thead>
        <tr>
          {columns.map(({ heading, width }) => (
            <th key={heading} scope="col" style={{ width, padding: 0, textAlign: 'start' }}>
              <Box
                padding="space30"
                whiteSpace="nowrap"
                fontSize="fontSize20"
                fontWeight="fontWeightMedium"
                color="colorTextWeak"
                borderBottomWidth="borderWidth10"
                borderBottomStyle="solid"
                borderBottomColor="colorBorderWeak"
              >
                {heading}
              </Box>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </Box>
  </Box>
);

export const TableRow: React.FC = ({ children }) => (
  <Box as="tr" _hover={{ backgroundColor: 'colorBackground' }}>
    {children}
  </Box>
);

export const Cell: React.FC<{ nowrap?: boolean }> = ({ nowrap, children }) => (
  <Box
    as="td"
    padding="space30"
    verticalAlign="middle"
    whiteSpace={nowrap ? 'nowrap' : 'normal'}
    borderBottomWidth="borderWidth10"
    borderBottomStyle="solid"
    borderBottomColor="colorBorderWeaker"
  >
    {children}
  </Box>
);
