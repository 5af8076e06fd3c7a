import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { TextButton } from '../../../components/TextButton.tsx';
import { ThreadLink } from '../../../components/ThreadLink.tsx';
import type { PublicThreadProps } from '../../../types/desk.ts';
import { text } from '../../../utils/strings.ts';

/** Over the panel of a public thread: that it is one, and of whom the panel tells. */
export const PublicThread = ({ thread, speaker, author = '', onBack }: PublicThreadProps) => (
  <Box
    role="note"
    paddingX="space50"
    paddingY="space30"
    fontSize="fontSize20"
    lineHeight="lineHeight20"
    color="colorTextWarningStrong"
    backgroundColor="colorBackgroundWarningWeakest"
  >
    <div>
      {/* The composer says what that means. */}
      <strong>{text('FlexcordPublicShort', { channel: thread.channel })}</strong>{' '}
      <ThreadLink thread={{ ...thread, channel: '' }} />
    </div>
    {/* Screen readers announce changes only of a live region that exists before its text. */}
    <Box role="status" color="colorText">
      {speaker ? (
        <>
          <bdi>{text('FlexcordSpeakerShown', { name: speaker.name })}</bdi>{' '}
          <TextButton onClick={onBack}>{text('FlexcordSpeakerBack', { name: author })}</TextButton>
        </>
      ) : null}
    </Box>
  </Box>
);
