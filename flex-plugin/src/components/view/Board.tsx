import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { formatNumber } from '../../utils/format.ts';
import { SecondaryText } from '../SecondaryText.tsx';

export interface BoardColumnDefinition<Id extends string> {
  id: Id;
  label: string;
  /** What stands over the cards, such as a badge. */
  heading: React.ReactNode;
  /** How many items there are, shown or not; undefined where that is not known yet. */
  count: number | undefined;
}

interface Moves<Item, Id extends string> {
  columns: readonly Id[];
  columnOf: (item: Item) => Id;
  keyOf: (item: Item) => string;
  move: (item: Item, to: Id) => void;
  moving: string | null;
}

// biome-ignore lint/suspicious/noExplicitAny: a context knows no type parameters; Board and BoardCard give them.
const MovesContext = React.createContext<Moves<any, any> | null>(null);

/** The item that is being dragged; a drop without one comes from another page. */
let dragged: unknown = null;
const HELP_ID = 'flexcord-board-help';

interface Props<Item, Id extends string> {
  help: string;
  columns: BoardColumnDefinition<Id>[];
  columnOf: (item: Item) => Id;
  keyOf: (item: Item) => string;
  /** Puts an item into another column; settles when it is there, or stays where it was. */
  onMove: (item: Item, to: Id) => Promise<void>;
  /** The cards of a column. */
  children: (column: Id) => React.ReactNode;
}

/** A column for each state of things. Cards move by drag and drop, or with Shift and an arrow key. */
export function Board<Item, Id extends string>(props: Props<Item, Id>) {
  const { help, columns, columnOf, keyOf, onMove, children } = props;
  const [moving, setMoving] = React.useState<string | null>(null);
  const board = React.useRef<HTMLDivElement>(null);
  const move = async (item: Item, to: Id) => {
    if (columnOf(item) === to) return;
    const key = keyOf(item);
    setMoving(key);
    await onMove(item, to);
    setMoving(null);
    // The moved card is a new element; without this, keyboard users would lose the focus.
    requestAnimationFrame(() =>
      board.current?.querySelector<HTMLElement>(`[data-card="${CSS.escape(key)}"] a`)?.focus(),
    );
  };
  const moves: Moves<Item, Id> = {
    ...{ columnOf, keyOf, moving },
    columns: columns.map(({ id }) => id),
    move: (item, to) => void move(item, to),
  };
  return (
    <MovesContext.Provider value={moves}>
      <Box id={HELP_ID}>
        <SecondaryText>{help}</SecondaryText>
      </Box>
      <Box
        ref={board}
        display="grid"
        gridTemplateColumns={`repeat(${columns.length}, minmax(200px, 1fr))`}
        columnGap="space30"
        overflowX="auto"
        flexGrow={1}
        flexShrink={0}
      >
        {columns.map((column) => (
          <BoardColumn
            key={column.id}
            {...column}
            onDrop={() => {
              if (dragged) moves.move(dragged as Item, column.id);
              dragged = null;
            }}
          >
            {children(column.id)}
          </BoardColumn>
        ))}
      </Box>
    </MovesContext.Provider>
  );
}

type ColumnProps = Omit<BoardColumnDefinition<string>, 'id'> & { onDrop: () => void };

const BoardColumn: React.FC<ColumnProps> = ({ label, heading, count, onDrop, children }) => {
  const [isOver, setOver] = React.useState(false);
  return (
    <Box
      as="section"
      aria-label={label}
      minWidth="0"
      padding="space30"
      borderRadius="borderRadius30"
      borderWidth="borderWidth10"
      borderStyle="solid"
      borderColor={isOver ? 'colorBorderPrimary' : 'transparent'}
      backgroundColor="colorBackground"
      onDragOver={(event: React.DragEvent) => {
        if (!dragged) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event: React.DragEvent) => {
        event.preventDefault();
        setOver(false);
        onDrop();
      }}
    >
      <Box display="flex" alignItems="center" columnGap="space30" marginBottom="space30" padding="space20">
        {heading}
        {count === undefined ? null : <SecondaryText>{formatNumber(count)}</SecondaryText>}
      </Box>
      {children}
    </Box>
  );
};

/** A card of a board; it holds a link, which takes the keys. */
export function BoardCard<Item>({
  item,
  label,
  isOpen,
  children,
}: {
  item: Item;
  label: string;
  /** Its details are open. */
  isOpen: boolean;
  children: React.ReactNode;
}) {
  const moves = React.useContext(MovesContext) as Moves<Item, string>;
  const { columns, columnOf, keyOf, moving, move } = moves;
  const isMoving = moving === keyOf(item);
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (!event.shiftKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
    event.preventDefault();
    const isRtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    const step = (event.key === 'ArrowRight') === isRtl ? -1 : 1;
    const to = columns[columns.indexOf(columnOf(item)) + step];
    if (to) move(item, to);
  };
  return (
    <Box
      data-card={keyOf(item)}
      draggable
      onDragStart={() => {
        dragged = item;
      }}
      onDragEnd={() => {
        dragged = null;
      }}
      onKeyDown={onKeyDown}
      aria-describedby={HELP_ID}
      aria-busy={isMoving}
      role="group"
      aria-label={label}
      opacity={isMoving ? 0.5 : 1}
      cursor="grab"
      display="flex"
      flexDirection="column"
      rowGap="space20"
      padding="space40"
      borderWidth="borderWidth10"
      borderStyle="solid"
      borderColor={isOpen ? 'colorBorderPrimary' : 'colorBorderWeaker'}
      borderRadius="borderRadius20"
      backgroundColor="colorBackgroundBody"
      _hover={{ borderColor: 'colorBorder' }}
    >
      {children}
    </Box>
  );
}
