import '@github/markdown-toolbar-element';

import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';

/** Elements of the toolbar that Discord shows, and their signs. */
const buttons = [
  ['md-bold', <b key="b">B</b>],
  ['md-italic', <i key="i">I</i>],
  ['md-header', 'H'],
  ['md-quote', '❝'],
  ['md-code', '</>'],
  ['md-link', '🔗︎'],
  ['md-unordered-list', '•≡'],
  ['md-ordered-list', '1≡'],
] as const;

const STYLE = `
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
