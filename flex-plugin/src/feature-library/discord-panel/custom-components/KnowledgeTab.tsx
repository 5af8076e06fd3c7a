import type { ArticleMatches } from '@flexcord/shared/panel/knowledge';
import { Button } from '@twilio/flex-ui';
import { Input } from '@twilio-paste/core/input';
import * as React from 'react';

import { Column } from '../../../components/Column.tsx';
import { QueryState } from '../../../components/QueryState.tsx';
import { SectionHeading } from '../../../components/SectionHeading.tsx';
import { useDebounced } from '../../../hooks/useDebounced.ts';
import type { PanelContext } from '../../../types/desk.ts';
import { notifyError, notifySuccess } from '../../../utils/notifications.ts';
import { text } from '../../../utils/strings.ts';
import { useKnowledgeFeedback, useKnowledgeSearch, useSuggestions } from '../utils/panelQueries.ts';
import { ArticleCard } from './ArticleCard.tsx';

export const KnowledgeTab = ({ conversationSid }: PanelContext) => {
  const [input, setInput] = React.useState('');
  const search = useDebounced(input.trim());
  const suggestions = useSuggestions(conversationSid);
  const results = useKnowledgeSearch(search, conversationSid);
  const isSearching = search.length > 0;
  return (
    <Column>
      <Input
        type="text"
        aria-label={text('FlexcordSearchKnowledge')}
        placeholder={text('FlexcordSearchKnowledge')}
        maxLength={500}
        value={input}
        onChange={(event: React.ChangeEvent<HTMLInputElement>) => setInput(event.target.value)}
      />
      <SectionHeading>{text(isSearching ? 'FlexcordSearchResults' : 'FlexcordSuggestions')}</SectionHeading>
      <QueryState
        query={isSearching ? results : suggestions}
        isEmpty={({ matches }) => matches.length === 0}
        emptyText={text('FlexcordNoArticles')}
      >
        {(found) => <Matches found={found} conversationSid={conversationSid} />}
      </QueryState>
    </Column>
  );
};

interface MatchesProps {
  found: ArticleMatches;
  conversationSid: string | undefined;
}

const Matches = ({ found, conversationSid }: MatchesProps) => {
  const feedback = useKnowledgeFeedback();
  const give = (articleId: string | null, verdict: 'up' | 'down' | 'none-fits') =>
    feedback.mutate(
      { articleId, verdict, query: found.query, conversationSid: conversationSid ?? null },
      { onSuccess: () => notifySuccess(), onError: notifyError },
    );
  return (
    <Column gap="space30">
      {found.matches.map((match) => (
        <ArticleCard
          key={match.id}
          match={match}
          conversationSid={conversationSid}
          onThumb={(verdict) => give(match.id, verdict)}
        />
      ))}
      <div style={{ marginLeft: -9 }}>
        <Button variant="link" size="small" onClick={() => give(null, 'none-fits')}>
          {text('FlexcordNoneFits')}
        </Button>
      </div>
    </Column>
  );
};
