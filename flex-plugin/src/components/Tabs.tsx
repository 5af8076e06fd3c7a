import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

export interface TabDefinition<Id extends string> {
  id: Id;
  label: string;
  content: React.ReactElement;
}

interface Props<Id extends string> {
  label: string;
  tabs: TabDefinition<Id>[];
  selectedId: Id;
  onSelect: (id: Id) => void;
}

/**
 * Tabs by the ARIA pattern: one stop for the Tab key; arrows, Home and End move and select
 * (https://www.w3.org/WAI/ARIA/apg/patterns/tabs/). Paste's own tabs would add 30 KB to a bundle every agent loads.
 */
export function Tabs<Id extends string>({ label, tabs, selectedId, onSelect }: Props<Id>) {
  const list = React.useRef<HTMLDivElement>(null);
  const selected = Math.max(
    0,
    tabs.findIndex(({ id }) => id === selectedId),
  );

  const onKeyDown = (event: React.KeyboardEvent) => {
    const targets: Record<string, number> = {
      ArrowRight: (selected + 1) % tabs.length,
      ArrowLeft: (selected + tabs.length - 1) % tabs.length,
      Home: 0,
      End: tabs.length - 1,
    };
    const next = targets[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const id = tabs[next]?.id;
    if (id !== undefined) onSelect(id);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };

  return (
    <Box display="flex" flexDirection="column" height="100%" minHeight="0">
      <Box
        ref={list}
        role="tablist"
        aria-label={label}
        onKeyDown={onKeyDown}
        display="flex"
        columnGap="space60"
        paddingX="space60"
        borderBottomWidth="borderWidth10"
        borderBottomStyle="solid"
        borderBottomColor="colorBorderWeaker"
      >
        {tabs.map(({ id, label: tabLabel }, index) => (
          <Box
            key={id}
            as="button"
            type="button"
            role="tab"
            id={`flexcord-tab-${id}`}
            aria-selected={index === selected}
            aria-controls={`flexcord-tabpanel-${id}`}
            tabIndex={index === selected ? 0 : -1}
            onClick={() => onSelect(id)}
            appearance="none"
            backgroundColor="transparent"
            borderWidth="borderWidth0"
            borderBottomWidth="borderWidth20"
            borderBottomStyle="solid"
            borderBottomColor={index === selected ? 'colorBorderPrimary' : 'transparent'}
            color={index === selected ? 'colorTextPrimary' : 'colorText'}
            cursor="pointer"
            fontSize="fontSize30"
            fontWeight="fontWeightSemibold"
            paddingX="space20"
            paddingY="space40"
            _focusVisible={{ boxShadow: 'shadowFocus', outline: 'none' }}
          >
            {tabLabel}
          </Box>
        ))}
      </Box>
      {tabs.map(({ id, content }, index) =>
        index === selected ? (
          <Box
            key={id}
            role="tabpanel"
            id={`flexcord-tabpanel-${id}`}
            aria-labelledby={`flexcord-tab-${id}`}
            flexGrow={1}
            minHeight="0"
            overflowY="auto"
            padding="space60"
          >
            {content}
          </Box>
        ) : null,
      )}
    </Box>
  );
}
