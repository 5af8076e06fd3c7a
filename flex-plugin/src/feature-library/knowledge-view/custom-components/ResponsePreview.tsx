import type { ArticleContent } from '@flexcord/shared/panel/library';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';
import { QueryState } from '../../discord-panel/custom-components/QueryState.tsx';
import { Column, Weak } from '../../discord-panel/custom-components/ui.tsx';
import { Words } from '../../discord-panel/custom-components/Words.tsx';
import { usePreview } from '../utils/library.ts';
import { Notice } from './parts.tsx';

/** What an agent would insert for a member named Ada. */
export const ResponsePreview = ({ content, isSound }: { content: ArticleContent; isSound: boolean }) => {
  const preview = usePreview(content, isSound);
  if (!isSound) return <Weak>{text('FlexcordKbNotSound')}</Weak>;
  return (
    <QueryState query={preview}>
      {({ response, unknown }) => (
        <Column gap="space30">
          <Weak>{text('FlexcordKbPreviewHelp')}</Weak>
          {unknown.length > 0 ? (
            <Notice tone="warning">
              {text('FlexcordKbUnknownPlaceholders', {
                names: unknown.map((name) => `{{${name}}}`).join(', '),
              })}
            </Notice>
          ) : null}
          <Box
            padding="space40"
            borderRadius="borderRadius30"
            backgroundColor="colorBackground"
            maxHeight="60vh"
            overflowY="auto"
            tabIndex={0}
            role="group"
            aria-label={text('FlexcordKbPreview')}
          >
            <Words>{response || text('FlexcordKbNothingToInsert')}</Words>
          </Box>
        </Column>
      )}
    </QueryState>
  );
};
