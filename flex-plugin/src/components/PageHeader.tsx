import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

/** The title of a page, with its buttons. */
export const PageHeader: React.FC<{ title: string; aside?: React.ReactNode; takesFocus?: boolean }> = ({
  title,
  aside,
  takesFocus,
  children,
}) => {
  const heading = React.useRef<HTMLHeadingElement>(null);
  // Moves keyboard users to the top of the page; screen readers announce the heading.
  React.useEffect(() => {
    if (takesFocus) heading.current?.focus();
  }, [takesFocus]);
  return (
    <Box display="flex" flexWrap="wrap" alignItems="center" columnGap="space40" rowGap="space30">
      <Box
        as="h1"
        ref={heading}
        tabIndex={-1}
        dir="auto"
        margin="space0"
        fontFamily="fontFamilyDisplay"
        fontSize="fontSize60"
        lineHeight="lineHeight70"
        fontWeight="fontWeightSemibold"
        _focus={{ outline: 'none' }}
      >
        {title}
      </Box>
      {aside}
      <Box flexGrow={1} />
      <Box display="flex" flexWrap="wrap" alignItems="center" columnGap="space30" rowGap="space20">
        {children}
      </Box>
    </Box>
  );
};
