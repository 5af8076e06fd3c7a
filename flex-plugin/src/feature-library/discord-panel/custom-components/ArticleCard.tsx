import type { ArticleMatch, SendArticle } from '@flexcord/shared/panel/knowledge';
import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import { ThumbsDownIcon } from '@twilio-paste/icons/esm/ThumbsDownIcon';
import { ThumbsUpIcon } from '@twilio-paste/icons/esm/ThumbsUpIcon';
import * as React from 'react';

import { Card } from '../../../components/Card.tsx';
import { Column } from '../../../components/Column.tsx';
import { CopyButton } from '../../../components/CopyButton.tsx';
import { Highlight } from '../../../components/Highlight.tsx';
import { QueryState } from '../../../components/QueryState.tsx';
import { Row } from '../../../components/Row.tsx';
import { UserText } from '../../../components/UserText.tsx';
import { useAction } from '../../../hooks/useAction.ts';
import { invokeAction } from '../../../utils/invokeAction.ts';
import { notifyError } from '../../../utils/notifications.ts';
import { text } from '../../../utils/strings.ts';
import { type InsertArticlePayload, PanelAction } from '../flex-hooks/actions/panelActions.ts';
import { PanelNotification } from '../flex-hooks/notifications/index.ts';
import { useArticle } from '../utils/panelQueries.ts';

interface Props {
  match: ArticleMatch;
  conversationSid: string | undefined;
  onThumb: (verdict: 'up' | 'down') => void;
}

/** An article that may answer the member, with the agent's actions on it. */
export const ArticleCard = ({ match, conversationSid, onThumb }: Props) => {
  const [isOpen, setOpen] = React.useState(false);
  const send = useAction<SendArticle>(PanelAction.SendArticle, PanelNotification.ArticleSent);
  const insert = () =>
    void invokeAction<InsertArticlePayload>(PanelAction.InsertArticle, {
      articleId: match.id,
      conversationSid: conversationSid ?? '',
      text: match.responseTemplate,
    }).catch(notifyError);
  return (
    <Card>
      <Column gap="space20">
        <UserText as="strong">
          <Highlight pieces={match.title} />
        </UserText>
        <UserText>
          <Highlight pieces={match.extract} />
        </UserText>
        {isOpen ? <Preview articleId={match.id} /> : null}
        <Row>
          <Button variant="secondary" size="small" disabled={!conversationSid} onClick={insert}>
            {text('FlexcordInsert')}
          </Button>
          <Button
            variant="secondary"
            size="small"
            disabled={!conversationSid || send.busy}
            onClick={() => void send.run({ articleId: match.id, conversationSid: conversationSid ?? '' })}
          >
            {text('FlexcordSend')}
          </Button>
          <Button variant="link" size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {text('FlexcordPreview')}
          </Button>
          {match.url ? <CopyButton value={match.url} label={text('FlexcordCopyLink')} /> : null}
          <Thumb label={text('FlexcordThumbUp')} onClick={() => onThumb('up')}>
            <ThumbsUpIcon decorative />
          </Thumb>
          <Thumb label={text('FlexcordThumbDown')} onClick={() => onThumb('down')}>
            <ThumbsDownIcon decorative />
          </Thumb>
        </Row>
      </Column>
    </Card>
  );
};

const Thumb: React.FC<{ label: string; onClick: () => void }> = ({ label, onClick, children }) => (
  <Button variant="link" size="small" aria-label={label} onClick={onClick}>
    {children}
  </Button>
);

const Preview = ({ articleId }: { articleId: string }) => {
  const query = useArticle(articleId);
  return (
    <Box
      paddingX="space40"
      paddingY="space20"
      borderLeftWidth="borderWidth20"
      borderLeftStyle="solid"
      borderLeftColor="colorBorderWeak"
    >
      <QueryState query={query}>{(article) => <UserText>{article.body}</UserText>}</QueryState>
    </Box>
  );
};
