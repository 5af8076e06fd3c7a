import type { ArticleContent } from '@flexcord/shared/panel/library';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { Callout } from '../../../components/Callout.tsx';
import { Column } from '../../../components/Column.tsx';
import { QueryState } from '../../../components/QueryState.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { UserText } from '../../../components/UserText.tsx';
import { text } from '../../../utils/strings.ts';
import { usePreview } from '../utils/libraryQueries.ts';
import { MemberCard } from './MemberCard.tsx';

/** Shows what a member sees of an article, and what an agent would insert for a member named Ada. */
export const ResponsePreview = ({ content, isValid }: { content: ArticleContent; isValid: boolean }) => {
  const preview = usePreview(content, isValid);
  if (!isValid) return <SecondaryText>{text('FlexcordKbNotSound')}</SecondaryText>;
  return (
    <QueryState query={preview}>
      {({ response, card, unknown }) => (
        <Column gap="space30">
          <SecondaryText>{text('FlexcordKbCardHelp')}</SecondaryText>
          <MemberCard card={card} />
          <SecondaryText>{text('FlexcordKbPreviewHelp')}</SecondaryText>
          {unknown.length > 0 ? (
            <Callout variant="warning">
              {text('FlexcordKbUnknownPlaceholders', {
                names: unknown.map((name) => `{{${name}}}`).join(', '),
              })}
            </Callout>
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
            <UserText>{response || text('FlexcordKbNothingToInsert')}</UserText>
          </Box>
        </Column>
      )}
    </QueryState>
  );
};
