import type { HighlightedText } from '@flexcord/shared/panel/knowledge';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

/** A text with its matched words highlighted. */
export const Highlight = ({ pieces }: { pieces: HighlightedText }) => (
  <>
    {pieces.map((piece, index) => {
      // The pieces have no ids and keep their order.
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
