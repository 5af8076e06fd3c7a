import { Box, type BoxProps } from '@twilio-paste/core/box';
import * as React from 'react';

/** Least distance from the edges of the window, in px. */
const MARGIN = 8;

interface Props {
  /** What it stands beside. */
  anchor: Element;
  /** Beside which end of the anchor. */
  align?: 'start' | 'end';
  /** `auto`: Escape and a press elsewhere close it, and the focus goes back, as browsers do by themselves. */
  mode: 'auto' | 'manual';
  role?: 'tooltip' | 'group';
  id?: string;
  label?: string;
  colors?: Pick<BoxProps, 'color' | 'backgroundColor'>;
  onClose?: () => void;
}

/**
 * A box over everything else, under its anchor, or above it where there is no room. It is in the browser's top layer
 * (https://developer.mozilla.org/docs/Web/API/Popover_API), so that no scrolling box around it cuts it off.
 */
export const Floating: React.FC<Props> = ({
  anchor,
  align = 'start',
  mode,
  role,
  id,
  label,
  colors = { color: 'colorText', backgroundColor: 'colorBackgroundBody' },
  onClose,
  children,
}) => {
  const box = React.useRef<HTMLElement>(null);
  const close = React.useRef(onClose);
  close.current = onClose;
  React.useLayoutEffect(() => {
    const { current } = box;
    if (!current) return undefined;
    // React 17 and Paste know neither the attribute nor its event.
    current.setAttribute('popover', mode);
    (current as HTMLElement & { showPopover(): void }).showPopover();
    place(current, anchor.getBoundingClientRect(), align);
    if (mode === 'auto') current.querySelector<HTMLElement>('input, button, a[href]')?.focus();
    const onToggle = (event: Event) => {
      if ((event as Event & { newState?: string }).newState === 'closed') close.current?.();
    };
    current.addEventListener('toggle', onToggle);
    return () => current.removeEventListener('toggle', onToggle);
  }, [anchor, align, mode]);
  return (
    <Box
      ref={box}
      id={id}
      role={role}
      aria-label={label}
      position="fixed"
      margin="space0"
      borderWidth="borderWidth10"
      borderStyle="solid"
      borderColor="colorBorderWeaker"
      borderRadius="borderRadius20"
      boxShadow="shadow"
      fontSize={role === 'tooltip' ? 'fontSize20' : 'fontSize30'}
      lineHeight="lineHeight20"
      paddingX={role === 'tooltip' ? 'space30' : 'space40'}
      paddingY={role === 'tooltip' ? 'space20' : 'space40'}
      style={{ inset: 'auto', maxWidth: 'min(360px, 90vw)', maxHeight: '80vh', overflowY: 'auto' }}
      {...colors}
    >
      {children}
    </Box>
  );
};

function place(box: HTMLElement, anchor: DOMRect, align: 'start' | 'end'): void {
  const { width, height } = box.getBoundingClientRect();
  const isRtl = getComputedStyle(box).direction === 'rtl';
  const wanted = (align === 'end') === isRtl ? anchor.left : anchor.right - width;
  const left = Math.max(MARGIN, Math.min(wanted, window.innerWidth - width - MARGIN));
  const below = anchor.bottom + MARGIN / 2;
  const fits = below + height + MARGIN <= window.innerHeight;
  const top = fits ? below : Math.max(MARGIN, anchor.top - height - MARGIN / 2);
  Object.assign(box.style, { left: `${left}px`, top: `${top}px` });
}
