import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

// Paste's own table would bring its styling library, 70 KB, into the views file a second time.

interface TableProps {
  label: string;
  /** One TableHeader for each column. */
  headers: React.ReactNode;
}

/** A table that is read, whose cells may have several lines. A list that is filtered and sorted is a DataTable. */
export const Table: React.FC<TableProps> = ({ label, headers, children }) => (
  <Box
    overflowX="auto"
    overflowWrap="break-word"
    borderWidth="borderWidth10"
    borderStyle="solid"
    borderColor="colorBorderWeaker"
    borderRadius="borderRadius20"
  >
    <Box as="table" aria-label={label} width="100%" style={{ borderCollapse: 'collapse' }}>
      <thead>
        <tr>{headers}</tr>
      </thead>
      <tbody>{children}</tbody>
    </Box>
  </Box>
);

/** `width` is as in CSS. */
export const TableHeader: React.FC<{ width?: string }> = ({ width, children }) => (
  <Box
    as="th"
    width={width}
    height="36px"
    verticalAlign="middle"
    paddingX="space30"
    textAlign="start"
    fontSize="fontSize20"
    fontWeight="fontWeightMedium"
    color="colorTextWeak"
    whiteSpace="nowrap"
    backgroundColor="colorBackground"
  >
    {children}
  </Box>
);

export const TableRow: React.FC = ({ children }) => <tr>{children}</tr>;

export const TableCell: React.FC = ({ children }) => (
  <Box
    as="td"
    height="40px"
    paddingX="space30"
    paddingY="space20"
    textAlign="start"
    verticalAlign="middle"
    borderTopWidth="borderWidth10"
    borderTopStyle="solid"
    borderTopColor="colorBorderWeaker"
  >
    {children}
  </Box>
);
