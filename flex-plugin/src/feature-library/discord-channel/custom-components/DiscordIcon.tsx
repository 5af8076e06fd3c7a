import * as React from 'react';

/** Discord's own colour (https://discord.com/branding). */
export const BLURPLE = '#5865F2';

/** A speech bubble with two dots; drawn here, because Discord's logo is a trademark. */
export const DiscordIcon = () => (
  <svg viewBox="0 0 24 24" width="1em" height="1em" role="img" aria-label="Discord" fill={BLURPLE}>
    <path
      fillRule="evenodd"
      d="M7 4h10a5 5 0 0 1 5 5v5a5 5 0 0 1-5 5h-3l-3.6 2.7a.6.6 0 0 1-.96-.48V19H7a5 5 0 0 1-5-5V9a5 5 0 0 1 5-5Zm1.75 5.5a1.9 1.9 0 1 0 0 3.8 1.9 1.9 0 0 0 0-3.8Zm6.5 0a1.9 1.9 0 1 0 0 3.8 1.9 1.9 0 0 0 0-3.8Z"
    />
  </svg>
);
