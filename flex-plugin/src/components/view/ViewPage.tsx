import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { FocusKeeper } from '../FocusKeeper.tsx';
import { PageHeader } from '../PageHeader.tsx';
import { CHECKBOX_STYLE } from './Checkbox.tsx';
import { type Shortcut, ShortcutHelp } from './ShortcutHelp.tsx';

interface Props {
  /** The heading, and the name of the whole to screen readers. */
  title: string;
  /** Stands after the heading, such as the choice of a layout. */
  aside?: React.ReactNode;
  /** Buttons at the end of the heading. */
  actions?: React.ReactNode;
  shortcuts?: Shortcut[];
  /** What is open beside the content; it covers the content where the window is narrow. */
  detail?: { label: string; content: React.ReactNode; onClose: () => void } | null;
}

const NARROW = '@media (max-width: 900px)';
const STYLE = `
.flexcord-detail{flex-shrink:0;width:420px}
${NARROW}{.flexcord-detail{position:absolute;inset:0;width:auto}}`;

/** The frame of every view: heading, buttons, help for the keyboard, content below, and details beside it. */
export const ViewPage: React.FC<Props> = ({ title, aside, actions, shortcuts, detail, children }) => {
  const beside = React.useRef<HTMLElement>(null);
  /** What of the content had the focus last: it gets it back when the details are closed. */
  const last = React.useRef<HTMLElement | null>(null);
  const label = detail?.label;
  const wasOpen = React.useRef(label);
  React.useEffect(() => {
    if (wasOpen.current === label) return;
    wasOpen.current = label;
    if (label !== undefined) beside.current?.focus();
    else if (last.current?.isConnected) last.current.focus();
  }, [label]);
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || !detail) return;
    // The browser closes these by itself.
    if ((event.target as HTMLElement).closest('dialog, [popover]')) return;
    event.preventDefault();
    detail.onClose();
  };
  return (
    <FocusKeeper>
      <style>{STYLE + CHECKBOX_STYLE}</style>
      <Box
        position="relative"
        display="flex"
        height="100%"
        minHeight="0"
        overflowWrap="anywhere"
        onKeyDown={onKeyDown}
      >
        <Box
          as="section"
          onFocus={(event: React.FocusEvent<HTMLElement>) => {
            last.current = event.target;
          }}
          aria-label={title}
          display="flex"
          flexDirection="column"
          rowGap="space50"
          padding="space60"
          flexGrow={1}
          minWidth="0"
          overflowY="auto"
        >
          <PageHeader title={title} aside={aside}>
            {actions}
            <ShortcutHelp shortcuts={shortcuts} />
          </PageHeader>
          {children}
        </Box>
        {detail ? (
          <Box
            as="aside"
            className="flexcord-detail"
            ref={beside}
            tabIndex={-1}
            _focus={{ outline: 'none' }}
            aria-label={detail.label}
            zIndex="zIndex20"
            overflowY="auto"
            padding="space60"
            backgroundColor="colorBackgroundBody"
            borderLeftWidth="borderWidth10"
            borderLeftStyle="solid"
            borderLeftColor="colorBorderWeaker"
          >
            {detail.content}
          </Box>
        ) : null}
      </Box>
    </FocusKeeper>
  );
};
