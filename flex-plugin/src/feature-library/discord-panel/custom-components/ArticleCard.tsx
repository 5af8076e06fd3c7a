import type { ArticleMatch, SendArticle } from '@flexcord/shared/panel/knowledge';
import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import { ThumbsDownIcon } from '@twilio-paste/icons/esm/ThumbsDownIcon';
import { ThumbsUpIcon } from '@twilio-paste/icons/esm/ThumbsUpIcon';
import * as React from 'react';

import { act } from '../../../utils/act.ts';
import { useArticle } from '../../../utils/bridge/queries.ts';
import { text } from '../../../utils/strings.ts';
import { type InsertArticlePayload, PanelAction } from '../flex-hooks/actions/names.ts';
import { PanelNotification } from '../flex-hooks/notifications/index.ts';
import { useAct } from '../utils/useAct.ts';
import { CopyButton } from './CopyButton.tsx';
import { notifyFailed } from './notify.ts';
import { QueryState } from './QueryState.tsx';
import { Card, Column, Row } from './ui.tsx';
import { Highlighted, Words } from './Words.tsx';

interface Props {
  match: ArticleMatch;
  conversationSid: string | undefined;
  onThumb: (verdict: 'up' | 'down') => void;
}

/** An article that may fit, and what the agent can do with it. */
export const ArticleCard = ({ match, conversationSid, onThumb }: Props) => {
  const [isOpen, setOpen] = React.useState(false);
  const send = useAct<SendArticle>(PanelAction.SendArticle, PanelNotification.ArticleSent);
  const insert = () =>
    void act<InsertArticlePayload>(PanelAction.InsertArticle, {
      articleId: match.id,
      conversationSid: conversationSid ?? '',
      text: match.responseTemplate,
    }).catch(notifyFailed);
  return (
    <Card>
      <Column gap="space20">
        <Words as="strong">
          <Highlighted pieces={match.title} />
        </Words>
        <Words>
          <Highlighted pieces={match.extract} />
        </Words>
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
      <QueryState query={query}>{(article) => <Words>{article.body}</Words>}</QueryState>
    </Box>
  );
};
