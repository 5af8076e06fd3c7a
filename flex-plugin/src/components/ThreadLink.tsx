import type { DiscordThreadAttributes } from '@flexcord/shared/public-thread';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../utils/strings.ts';

/** The title of a public thread, which leads to it on Discord. */
export const ThreadLink = ({
  thread,
}: {
  thread: Pick<DiscordThreadAttributes, 'title' | 'channel' | 'link'>;
}) => (
  <Box
    as="a"
    href={thread.link}
    target="_blank"
    rel="noreferrer"
    title={text('FlexcordPublicOpen')}
    color="inherit"
    textDecoration="underline"
    borderRadius="borderRadius10"
    _focusVisible={{ boxShadow: 'shadowFocus', outline: 'none' }}
  >
    <bdi>{thread.title || text('FlexcordPublicOpen')}</bdi>
    {thread.channel ? ` · #${thread.channel}` : null}
    <span aria-hidden="true"> ↗</span>
  </Box>
);
