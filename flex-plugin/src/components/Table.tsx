import { Box, type BoxProps } from '@twilio-paste/core/box';
import * as React from 'react';

// Paste's own table would bring its styling library, 70 KB, into the views file a second time.

/** `framed` stands on its own with a border around it, `plain` continues the page with lines between its rows. */
type Variant = 'framed' | 'plain';

interface Styles {
  headerRow: BoxProps;
  header: BoxProps;
  row: BoxProps;
  selectedRow: BoxProps;
  cell: BoxProps;
}

const framedRow: BoxProps = {
  borderTopWidth: 'borderWidth10',
  borderTopStyle: 'solid',
  borderTopColor: 'colorBorderWeaker',
  backgroundColor: 'colorBackgroundBody',
};
const plainRow: BoxProps = { _hover: { backgroundColor: 'colorBackground' } };

const styles: Record<Variant, Styles> = {
  framed: {
    headerRow: framedRow,
    header: {
      paddingX: 'space40',
      paddingY: 'space40',
      fontWeight: 'fontWeightSemibold',
      backgroundColor: 'colorBackground',
    },
    row: framedRow,
    selectedRow: { ...framedRow, backgroundColor: 'colorBackgroundPrimaryWeakest' },
    cell: { paddingX: 'space40', paddingY: 'space40', verticalAlign: 'top' },
  },
  plain: {
    headerRow: {},
    header: {
      padding: 'space30',
      fontWeight: 'fontWeightMedium',
      borderBottomWidth: 'borderWidth10',
      borderBottomStyle: 'solid',
      borderBottomColor: 'colorBorderWeak',
    },
    row: plainRow,
    selectedRow: plainRow,
    cell: {
      padding: 'space30',
      verticalAlign: 'middle',
      borderBottomWidth: 'borderWidth10',
      borderBottomStyle: 'solid',
      borderBottomColor: 'colorBorderWeaker',
    },
  },
};

const frame: BoxProps = {
  overflowWrap: 'break-word',
  borderWidth: 'borderWidth10',
  borderStyle: 'solid',
  borderColor: 'colorBorderWeaker',
  borderRadius: 'borderRadius30',
};

const StylesContext = React.createContext(styles.plain);

interface TableProps {
  label: string;
  variant?: Variant;
  /** One TableHeader for each column. */
  headers: React.ReactNode;
}

export const Table: React.FC<TableProps> = ({ label, variant = 'plain', headers, children }) => (
  <StylesContext.Provider value={styles[variant]}>
    <Box overflowX="auto" {...(variant === 'framed' ? frame : {})}>
      <Box as="table" aria-label={label} width="100%" style={{ borderCollapse: 'collapse' }}>
        <thead>
          <Box as="tr" {...styles[variant].headerRow}>
            {headers}
          </Box>
        </thead>
        <tbody>{children}</tbody>
      </Box>
    </Box>
  </StylesContext.Provider>
);

interface TableHeaderProps {
  /** As in CSS. */
  width?: string;
  sort?: 'ascending' | 'descending';
}

export const TableHeader: React.FC<TableHeaderProps> = ({ width, sort, children }) => (
  <Box
    as="th"
    {...React.useContext(StylesContext).header}
    aria-sort={sort}
    width={width}
    textAlign="start"
    fontSize="fontSize20"
    color="colorTextWeak"
    whiteSpace="nowrap"
  >
    {children}
  </Box>
);

export const TableRow: React.FC<{ isSelected?: boolean }> = ({ isSelected = false, children }) => {
  const { row, selectedRow } = React.useContext(StylesContext);
  return (
    <Box as="tr" {...(isSelected ? selectedRow : row)}>
      {children}
    </Box>
  );
};

export const TableCell: React.FC = ({ children }) => (
  <Box as="td" {...React.useContext(StylesContext).cell} textAlign="start">
    {children}
  </Box>
);
