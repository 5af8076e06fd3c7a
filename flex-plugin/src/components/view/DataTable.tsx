import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../../utils/strings.ts';
import { Checkbox } from './Checkbox.tsx';
import { moveInTable } from './moveInTable.ts';
import { TableContext } from './tableContext.ts';
import type { Columns } from './useColumns.ts';
import { useWidth } from './useWidth.ts';

// Paste's own table would bring its styling library, 70 KB, into the views file a second time.

export interface TableSort {
  by: string;
  order: 'asc' | 'desc';
}

export interface TableChoice<Item> {
  has: (item: Item) => boolean;
  /** What a screen reader says of an item's box. */
  labelOf: (item: Item) => string;
  choose: (items: Item[], isChosen: boolean) => void;
}

interface Props<Item> {
  label: string;
  columns: Columns<Item>;
  items: Item[];
  keyOf: (item: Item) => string;
  /** The item whose details are open. */
  openKey?: string | null;
  sort?: TableSort;
  onSort?: (sort: TableSort) => void;
  /** Items can be ticked. */
  choice?: TableChoice<Item>;
  /** Shows older data until newer comes. */
  isStale?: boolean;
}

const CHECKBOX_WIDTH = 40;

/**
 * The table of a view: rows of 40 px, of one line each. Arrows up and down go from row to row, left and right through what
 * a row has.
 */
export function DataTable<Item>(props: Props<Item>) {
  const { label, columns, items, keyOf, openKey, sort, onSort, choice, isStale = false } = props;
  const frame = React.useRef<HTMLElement>(null);
  const width = useWidth(frame);
  const { shown, setRoom } = columns;
  const choiceRef = React.useRef(choice);
  choiceRef.current = choice;
  const room = width && width - (choice ? CHECKBOX_WIDTH : 0);
  React.useLayoutEffect(() => setRoom(room), [room, setRoom]);
  const least = shown.reduce((sum, column) => sum + column.width, choice ? CHECKBOX_WIDTH : 0);
  return (
    <Box
      ref={frame}
      aria-busy={isStale}
      overflow="auto"
      borderWidth="borderWidth10"
      borderStyle="solid"
      borderColor="colorBorderWeaker"
      borderRadius="borderRadius20"
      backgroundColor="colorBackgroundBody"
      onKeyDown={moveInTable}
    >
      <TableContext.Provider value>
        <table
          aria-label={label}
          style={{
            width: '100%',
            minWidth: least,
            tableLayout: 'fixed',
            borderCollapse: 'separate',
            borderSpacing: 0,
            opacity: isStale ? 0.6 : 1,
          }}
        >
          <thead>
            <tr>
              {choice ? (
                <Header width={CHECKBOX_WIDTH}>
                  <Checkbox
                    label={text('FlexcordViewSelectAll')}
                    checked={items.length > 0 && items.every(choice.has)}
                    onChange={(isChosen) => choice.choose(items, isChosen)}
                  />
                </Header>
              ) : null}
              {shown.map((column, index) => (
                <Header
                  key={column.id}
                  width={index === 0 ? undefined : column.width}
                  isNumeric={column.isNumeric}
                  direction={sort && column.sort === sort.by ? sort.order : undefined}
                  onSort={
                    column.sort && onSort ? () => onSort(nextSort(column.sort as string, sort)) : undefined
                  }
                >
                  {column.label}
                </Header>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <ItemRow
                key={keyOf(item)}
                item={item}
                columns={columns}
                isOpen={openKey === keyOf(item)}
                isChosen={choice ? choice.has(item) : null}
                choiceRef={choiceRef}
              />
            ))}
          </tbody>
        </table>
      </TableContext.Provider>
    </Box>
  );
}

interface RowProps<Item> {
  item: Item;
  columns: Columns<Item>;
  isOpen: boolean;
  /** Null where nothing can be ticked. */
  isChosen: boolean | null;
  choiceRef: React.RefObject<TableChoice<Item> | undefined>;
}

/** A row is drawn again where something of its own has changed: ticking one among hundreds is seen at once. */
const ItemRow = React.memo(({ item, columns, isOpen, isChosen, choiceRef }: RowProps<unknown>) => (
  <Row isOpen={isOpen || isChosen === true}>
    {isChosen === null ? null : (
      <Cell isCentred>
        <Checkbox
          label={choiceRef.current?.labelOf(item)}
          checked={isChosen}
          onChange={(checked) => choiceRef.current?.choose([item], checked)}
        />
      </Cell>
    )}
    {columns.shown.map((column) => (
      <Cell key={column.id} isNumeric={column.isNumeric}>
        {column.cell(item)}
      </Cell>
    ))}
  </Row>
)) as <Item>(props: RowProps<Item>) => React.ReactElement;

/** Another column is ordered downwards first; the same one is turned round. */
const nextSort = (by: string, sort: TableSort | undefined): TableSort => ({
  by,
  order: sort?.by === by && sort.order === 'desc' ? 'asc' : 'desc',
});

const lines = {
  borderBottomWidth: 'borderWidth10',
  borderBottomStyle: 'solid',
  borderBottomColor: 'colorBorderWeaker',
} as const;

interface HeaderProps {
  width?: number;
  isNumeric?: boolean;
  direction?: 'asc' | 'desc';
  onSort?: () => void;
}

const Header: React.FC<HeaderProps> = ({ width, isNumeric, direction, onSort, children }) => (
  <Box
    as="th"
    {...lines}
    aria-sort={direction && (direction === 'asc' ? 'ascending' : 'descending')}
    position="sticky"
    top="space0"
    zIndex="zIndex10"
    height="36px"
    verticalAlign="middle"
    paddingX="space30"
    textAlign={isNumeric ? 'end' : 'start'}
    fontSize="fontSize20"
    fontWeight="fontWeightMedium"
    color="colorTextWeak"
    whiteSpace="nowrap"
    backgroundColor="colorBackground"
    style={{ width }}
  >
    {onSort ? (
      <Box
        as="button"
        type="button"
        appearance="none"
        borderWidth="borderWidth0"
        padding="space0"
        backgroundColor="transparent"
        cursor="pointer"
        color={direction ? 'colorText' : 'inherit'}
        fontFamily="inherit"
        fontSize="inherit"
        fontWeight={direction ? 'fontWeightSemibold' : 'inherit'}
        borderRadius="borderRadius10"
        _hover={{ color: 'colorText' }}
        _focusVisible={{ boxShadow: 'shadowFocus', outline: 'none' }}
        onClick={onSort}
      >
        {children}
        <span aria-hidden="true">{direction ? (direction === 'asc' ? ' ↑' : ' ↓') : ''}</span>
      </Box>
    ) : (
      children
    )}
  </Box>
);

const Row: React.FC<{ isOpen: boolean }> = ({ isOpen, children }) => (
  <Box
    as="tr"
    backgroundColor={isOpen ? 'colorBackgroundPrimaryWeakest' : 'colorBackgroundBody'}
    _hover={{ backgroundColor: 'colorBackground' }}
  >
    {children}
  </Box>
);

const Cell: React.FC<{ isNumeric?: boolean; isCentred?: boolean }> = ({ isNumeric, isCentred, children }) => (
  <Box
    as="td"
    {...lines}
    height="40px"
    paddingX="space30"
    paddingY="space0"
    textAlign={isNumeric ? 'end' : 'start'}
    verticalAlign="middle"
    overflow={isCentred ? 'visible' : 'hidden'}
    whiteSpace="nowrap"
    style={{ textOverflow: 'ellipsis', fontVariantNumeric: isNumeric ? 'tabular-nums' : undefined }}
  >
    {children}
  </Box>
);
