import type { ArticleMatches } from '@flexcord/shared/panel/knowledge';
import { Button } from '@twilio/flex-ui';
import { Input } from '@twilio-paste/core/input';
import * as React from 'react';

import { useKnowledgeFeedback, useKnowledgeSearch, useSuggestions } from '../../../utils/bridge/queries.ts';
import { text } from '../../../utils/strings.ts';
import { useDebounced } from '../../../utils/useDebounced.ts';
import { ArticleCard } from './ArticleCard.tsx';
import type { PanelSubject } from './DiscordPanel.tsx';
import { notifyDone, notifyFailed } from './notify.ts';
import { QueryState } from './QueryState.tsx';
import { Column, SectionTitle } from './ui.tsx';

export const KnowledgeTab = ({ conversationSid }: PanelSubject) => {
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
      <SectionTitle>{text(isSearching ? 'FlexcordSearchResults' : 'FlexcordSuggestions')}</SectionTitle>
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
      { onSuccess: () => notifyDone(), onError: notifyFailed },
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
      <div>
        <Button variant="link" size="small" onClick={() => give(null, 'none-fits')}>
          {text('FlexcordNoneFits')}
        </Button>
      </div>
    </Column>
  );
};
