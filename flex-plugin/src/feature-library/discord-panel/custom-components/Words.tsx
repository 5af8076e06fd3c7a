import type { HighlightedText } from '@flexcord/shared/panel/knowledge';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

/** What people wrote: in their direction, with their lines, and never wider than the panel. */
export const Words: React.FC<{ as?: 'div' | 'span' | 'strong' }> = ({ as = 'div', children }) => (
  <Box
    as={as}
    dir="auto"
    whiteSpace="pre-wrap"
    fontWeight={as === 'strong' ? 'fontWeightSemibold' : undefined}
  >
    {children}
  </Box>
);

/** A text whose matched words stand out, in light and dark. */
export const Highlighted = ({ pieces }: { pieces: HighlightedText }) => (
  <>
    {pieces.map((piece, index) => {
      // Pieces have no identity of their own and never change places.
      const key = `${index}-${piece.text}`;
      if (!piece.matched) return <React.Fragment key={key}>{piece.text}</React.Fragment>;
      return (
        <Box
          key={key}
          as="mark"
          color="colorTextWarningStrong"
          backgroundColor="colorBackgroundWarningWeakest"
          borderRadius="borderRadius10"
        >
          {piece.text}
        </Box>
      );
    })}
  </>
);
