import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

interface Props<Id extends string> {
  label: string;
  options: Array<{ id: Id; label: string }>;
  selected: Id;
  onSelect: (id: Id) => void;
}

/** A few options side by side, of which exactly one is selected. */
export function SegmentedControl<Id extends string>({ label, options, selected, onSelect }: Props<Id>) {
  return (
    <Box
      role="group"
      aria-label={label}
      display="inline-flex"
      padding="space10"
      borderRadius="borderRadius20"
      backgroundColor="colorBackground"
    >
      {options.map((option) => {
        const isSelected = option.id === selected;
        return (
          <Box
            key={option.id}
            as="button"
            type="button"
            aria-pressed={isSelected}
            onClick={() => onSelect(option.id)}
            appearance="none"
            borderWidth="borderWidth0"
            borderRadius="borderRadius20"
            paddingX="space50"
            paddingY="space20"
            cursor="pointer"
            fontSize="fontSize30"
            fontWeight={isSelected ? 'fontWeightSemibold' : 'fontWeightNormal'}
            color={isSelected ? 'colorTextLink' : 'colorText'}
            backgroundColor={isSelected ? 'colorBackgroundBody' : 'transparent'}
            boxShadow={isSelected ? 'shadowLow' : 'none'}
            _focusVisible={{ boxShadow: 'shadowFocus', outline: 'none' }}
          >
            {option.label}
          </Box>
        );
      })}
    </Box>
  );
}
