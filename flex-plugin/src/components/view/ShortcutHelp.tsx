import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../../utils/strings.ts';
import { Column } from '../Column.tsx';
import { SectionHeading } from '../SectionHeading.tsx';
import { ToolButton } from './PopoverButton.tsx';

/** Keys, and what they do. */
export type Shortcut = readonly [keys: string[], meaning: string];

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Every view has these. */
const common = (): Shortcut[] => [
  [['/'], text('FlexcordViewKey_search')],
  [['↑', '↓'], text('FlexcordViewKey_rows')],
  [['←', '→'], text('FlexcordViewKey_cells')],
  [['Enter'], text('FlexcordViewKey_open')],
  [['Esc'], text('FlexcordViewKey_close')],
  [['?'], text('FlexcordViewKey_help')],
];

/** A button that says which keys do what, and the keys of every view: `?` for this, `/` for the search. */
export const ShortcutHelp = ({ shortcuts = [] }: { shortcuts?: Shortcut[] }) => {
  const dialog = React.useRef<HTMLDialogElement>(null);
  const button = React.useRef<HTMLButtonElement>(null);
  React.useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
        return;
      if (event.key === '?' && !dialog.current?.open) dialog.current?.showModal();
      else if (event.key === '/') {
        const search = button.current
          ?.closest('[data-flexcord-view]')
          ?.querySelector<HTMLElement>('[data-flexcord-search]');
        if (!search) return;
        search.focus();
      } else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  const title = text('FlexcordViewShortcuts');
  return (
    <>
      <ToolButton
        ref={button}
        aria-label={title}
        title={title}
        aria-keyshortcuts="?"
        style={{ height: 32 }}
        onClick={() => dialog.current?.showModal()}
      >
        ?
      </ToolButton>
      <Box
        as="dialog"
        ref={dialog}
        aria-label={title}
        minWidth="320px"
        maxWidth="90vw"
        padding="space70"
        borderWidth="borderWidth0"
        borderRadius="borderRadius30"
        boxShadow="shadow"
        color="colorText"
        backgroundColor="colorBackgroundBody"
        fontSize="fontSize30"
        lineHeight="lineHeight30"
      >
        <Column gap="space50">
          <SectionHeading>{title}</SectionHeading>
          <Box
            as="dl"
            margin="space0"
            display="grid"
            gridTemplateColumns="auto 1fr"
            columnGap="space60"
            rowGap="space30"
            alignItems="center"
          >
            {[...shortcuts, ...common()].map(([keys, meaning]) => (
              <React.Fragment key={meaning}>
                <Box as="dt" display="flex" columnGap="space20">
                  {keys.map((key) => (
                    <Box
                      as="kbd"
                      key={key}
                      minWidth="24px"
                      textAlign="center"
                      paddingX="space20"
                      borderWidth="borderWidth10"
                      borderStyle="solid"
                      borderColor="colorBorderWeak"
                      borderRadius="borderRadius20"
                      fontFamily="inherit"
                      fontSize="fontSize20"
                    >
                      {key}
                    </Box>
                  ))}
                </Box>
                <Box as="dd" margin="space0">
                  {meaning}
                </Box>
              </React.Fragment>
            ))}
          </Box>
          <div>
            <Button variant="secondary" size="small" onClick={() => dialog.current?.close()}>
              {text('FlexcordClose')}
            </Button>
          </div>
        </Column>
      </Box>
    </>
  );
};
