import type { ArticleMatch, ArticleMatches, HighlightedText } from '@flexcord/shared/panel/knowledge';
import { Actions, Button } from '@twilio/flex-ui';
import { Input } from '@twilio-paste/core/input';
import { ThumbsDownIcon } from '@twilio-paste/icons/esm/ThumbsDownIcon';
import { ThumbsUpIcon } from '@twilio-paste/icons/esm/ThumbsUpIcon';
import * as React from 'react';

import {
  useArticle,
  useKnowledgeFeedback,
  useKnowledgeSearch,
  useSendArticle,
  useSuggestions,
} from '../../../utils/bridge/queries.ts';
import { text } from '../../../utils/strings.ts';
import { useDebounced } from '../../../utils/useDebounced.ts';
import { PanelNotification } from '../flex-hooks/notifications/index.ts';
import type { PanelSubject } from './DiscordPanel.tsx';
import { notifyDone, notifyFailed } from './notify.ts';
import { QueryState } from './QueryState.tsx';
import { Card, Column, Row, SectionTitle } from './ui.tsx';

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
        <Match
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

interface MatchProps {
  match: ArticleMatch;
  conversationSid: string | undefined;
  onThumb: (verdict: 'up' | 'down') => void;
}

const Match = ({ match, conversationSid, onThumb }: MatchProps) => {
  const [isOpen, setOpen] = React.useState(false);
  const send = useSendArticle();
  const insert = () =>
    void Actions.invokeAction('SetInputText', {
      conversationSid,
      body: match.responseTemplate,
      selectionStart: match.responseTemplate.length,
      selectionEnd: match.responseTemplate.length,
    });
  const sendCard = () =>
    send.mutate(
      { articleId: match.id, conversationSid: conversationSid ?? '' },
      { onSuccess: () => notifyDone(PanelNotification.ArticleSent), onError: notifyFailed },
    );
  return (
    <Card>
      <Column gap="space20">
        <strong>
          <Highlighted pieces={match.title} />
        </strong>
        <div>
          <Highlighted pieces={match.extract} />
        </div>
        {isOpen ? <Preview articleId={match.id} /> : null}
        <Row>
          <Button variant="secondary" size="small" disabled={!conversationSid} onClick={insert}>
            {text('FlexcordInsert')}
          </Button>
          <Button
            variant="secondary"
            size="small"
            disabled={!conversationSid || send.isLoading}
            onClick={sendCard}
          >
            {text('FlexcordSend')}
          </Button>
          <Button variant="link" size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {text('FlexcordPreview')}
          </Button>
          {match.url ? <CopyLink url={match.url} /> : null}
          <Button
            variant="link"
            size="small"
            aria-label={text('FlexcordThumbUp')}
            onClick={() => onThumb('up')}
          >
            <ThumbsUpIcon decorative />
          </Button>
          <Button
            variant="link"
            size="small"
            aria-label={text('FlexcordThumbDown')}
            onClick={() => onThumb('down')}
          >
            <ThumbsDownIcon decorative />
          </Button>
        </Row>
      </Column>
    </Card>
  );
};

const CopyLink = ({ url }: { url: string }) => (
  <Button variant="link" size="small" onClick={() => void navigator.clipboard.writeText(url)}>
    {text('FlexcordCopyLink')}
  </Button>
);

const Preview = ({ articleId }: { articleId: string }) => {
  const query = useArticle(articleId);
  return (
    <QueryState query={query}>
      {(article) => <div style={{ whiteSpace: 'pre-wrap' }}>{article.body}</div>}
    </QueryState>
  );
};

const Highlighted = ({ pieces }: { pieces: HighlightedText }) => (
  <>
    {pieces.map((piece, index) => {
      // Pieces have no identity of their own and never change places.
      const key = `${index}-${piece.text}`;
      return piece.matched ? <mark key={key}>{piece.text}</mark> : <span key={key}>{piece.text}</span>;
    })}
  </>
);
