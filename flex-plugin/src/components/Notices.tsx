import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { hostNotices, type Notice } from '../utils/notifications.ts';
import { text } from '../utils/strings.ts';
import { variantColors } from './variants.ts';

/** How long a notice stays that tells of no error, in ms. */
const DISPLAY_DURATION_MS = 4_000;

/** The plugin's notices, at the bottom of the box it stands in, which is positioned. The last one is shown. */
export const Notices = () => {
  const [notice, show] = React.useState<Notice | null>(null);
  React.useEffect(() => hostNotices(show), []);
  React.useEffect(() => {
    if (!notice || notice.isError) return undefined;
    const timer = setTimeout(() => show(null), DISPLAY_DURATION_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  // Screen readers announce changes only of a live region that exists before its text.
  return (
    <Box
      role={notice?.isError ? 'alert' : 'status'}
      position="absolute"
      bottom="space50"
      left="space50"
      right="space50"
      style={{ pointerEvents: 'none' }}
    >
      {notice ? (
        <Box
          display="flex"
          alignItems="center"
          justifyContent="space-between"
          columnGap="space40"
          padding="space40"
          borderRadius="borderRadius20"
          boxShadow="shadow"
          style={{ pointerEvents: 'auto' }}
          {...variantColors[notice.isError ? 'error' : 'success']}
        >
          <span>{notice.text}</span>
          {notice.isError ? (
            <Button variant="link" size="small" onClick={() => show(null)}>
              {text('FlexcordClose')}
            </Button>
          ) : null}
        </Box>
      ) : null}
    </Box>
  );
};
