import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { Floating } from './Floating.tsx';

interface Props {
  label: string;
  /** Which end of the button the box stands under. */
  align?: 'start' | 'end';
  /** What the box shows; `close` puts it away. */
  children: (close: () => void) => React.ReactNode;
}

/** A button that opens a box with controls under it. Escape closes it and gives the focus back. */
export const PopoverButton = ({ label, align = 'end', children }: Props) => {
  const button = React.useRef<HTMLButtonElement>(null);
  const [anchor, setAnchor] = React.useState<Element | null>(null);
  const openedAt = React.useRef(0);
  const close = () => {
    setAnchor(null);
    if (button.current?.parentElement?.contains(document.activeElement)) button.current.focus();
  };
  return (
    <span>
      <ToolButton
        ref={button}
        aria-expanded={anchor !== null}
        onPointerDown={() => {
          // The browser closes the box before the click that would close it, too.
          openedAt.current = anchor ? Date.now() : 0;
        }}
        onClick={() => (anchor || Date.now() - openedAt.current < 300 ? close() : setAnchor(button.current))}
      >
        {label} <span aria-hidden="true">▾</span>
      </ToolButton>
      {anchor ? (
        <Floating anchor={anchor} align={align} mode="auto" role="group" label={label} onClose={close}>
          {children(close)}
        </Floating>
      ) : null}
    </span>
  );
};

type ToolButtonProps = React.ButtonHTMLAttributes<HTMLButtonElement>;

/** A quiet button of a bar of tools, as high as the controls beside it. */
export const ToolButton = React.forwardRef<HTMLButtonElement, ToolButtonProps>(
  ({ color: _, ...props }, ref) => (
    <Box
      {...(props as object)}
      ref={ref}
      as="button"
      type="button"
      appearance="none"
      height="36px"
      paddingX="space40"
      borderWidth="borderWidth10"
      borderStyle="solid"
      borderColor="colorBorder"
      borderRadius="borderRadius20"
      backgroundColor="colorBackgroundBody"
      color="colorText"
      cursor="pointer"
      fontFamily="inherit"
      fontSize="fontSize30"
      whiteSpace="nowrap"
      _hover={{ borderColor: 'colorBorderPrimary' }}
      _focusVisible={{ boxShadow: 'shadowFocus', outline: 'none' }}
      _disabled={{ color: 'colorTextWeaker', cursor: 'not-allowed', borderColor: 'colorBorderWeaker' }}
    />
  ),
);
