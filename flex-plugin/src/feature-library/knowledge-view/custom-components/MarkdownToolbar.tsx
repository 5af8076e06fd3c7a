import '@github/markdown-toolbar-element';

import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';

const icon = (path: string) => (
  // biome-ignore lint/a11y/noSvgWithoutTitle: the button around it has a name.
  <svg
    viewBox="0 0 16 16"
    width="16"
    height="16"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.6"
    strokeLinecap="round"
  >
    <path d={path} />
  </svg>
);

/** Elements of the toolbar whose marks Discord shows, and their signs. */
const buttons = [
  ['md-bold', <b key="b">B</b>],
  ['md-italic', <i key="i">I</i>],
  ['md-header', 'H'],
  ['md-quote', icon('M2 3v10M6 5h8M6 8h8M6 11h5')],
  ['md-code', icon('M5 4 1.5 8 5 12M11 4l3.5 4-3.5 4')],
  [
    'md-link',
    icon(
      'M6.5 9.5a3 3 0 0 0 4.2 0l2.5-2.5a3 3 0 0 0-4.2-4.2L8 3.8M9.5 6.5a3 3 0 0 0-4.2 0L2.8 9a3 3 0 0 0 4.2 4.2l1-1',
    ),
  ],
  ['md-unordered-list', icon('M2 4h.01M2 8h.01M2 12h.01M6 4h8M6 8h8M6 12h8')],
  ['md-ordered-list', icon('M1.5 3 2.5 2v4M1.5 10h2l-2 3h2M6 4h8M6 8h8M6 12h8')],
] as const;

const STYLE = `
markdown-toolbar b{font-weight:700}
markdown-toolbar i{font-style:italic}
markdown-toolbar{display:flex;flex-wrap:wrap;gap:2px}
markdown-toolbar>*{min-width:32px;height:32px;display:inline-flex;align-items:center;justify-content:center;border-radius:4px;cursor:pointer}
markdown-toolbar>*:hover{background:color-mix(in srgb,currentColor 12%,transparent)}
markdown-toolbar>*:focus-visible{outline:2px solid #3d78e8}`;

/** Buttons that put Markdown into the text area with the id `controls`; Ctrl or ⌘ with B, I, K and others do the same there. */
export const MarkdownToolbar = ({ controls }: { controls: string }) => (
  <Box marginBottom="space20" color="colorText" fontSize="fontSize30">
    <style>{STYLE}</style>
    {React.createElement(
      'markdown-toolbar',
      { for: controls, 'aria-label': text('FlexcordKbFormat') },
      buttons.map(([name, sign]) => {
        const label = text(`FlexcordKbFormat_${name}`);
        return React.createElement(
          name,
          // It is the library's part to say which one the Tab key stops at.
          {
            key: name,
            role: 'button',
            'aria-label': label,
            title: label,
            ...(name === 'md-header' ? { level: '2' } : {}),
          },
          <span aria-hidden="true">{sign}</span>,
        );
      }),
    )}
  </Box>
);
