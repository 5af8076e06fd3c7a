import type { ArticleContent, ArticleTrial } from '@flexcord/shared/panel/library';
import { MAX_TRIAL_QUESTION_LENGTH } from '@flexcord/shared/panel/library-constants';
import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import { Input } from '@twilio-paste/core/input';
import * as React from 'react';

import { Badge } from '../../../components/Badge.tsx';
import { Callout } from '../../../components/Callout.tsx';
import { Column } from '../../../components/Column.tsx';
import { FormField } from '../../../components/FormField.tsx';
import { Highlight } from '../../../components/Highlight.tsx';
import { QueryState } from '../../../components/QueryState.tsx';
import { Row } from '../../../components/Row.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { formatNumber, formatPercent } from '../../../utils/format.ts';
import { text } from '../../../utils/strings.ts';
import { useTrial } from '../utils/libraryQueries.ts';

interface Props {
  content: ArticleContent;
  articleId: string | null;
  /** Whether the content can be tried. */
  isValid: boolean;
  question: string;
  onAsk: (question: string) => void;
}

/** Tries a member's question against the articles with the edited content, again after every change. */
export const ArticleTrialTab = ({ content, articleId, isValid, question, onAsk }: Props) => {
  const [input, setInput] = React.useState(question);
  const trial = useTrial(isValid ? question : '', content, articleId);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    onAsk(input.trim());
  };
  return (
    <Column>
      <form onSubmit={submit}>
        <Column gap="space30">
          <FormField id="flexcord-kb-trial" label={text('FlexcordKbTryQuestion')}>
            <Input
              id="flexcord-kb-trial"
              type="text"
              dir="auto"
              maxLength={MAX_TRIAL_QUESTION_LENGTH}
              placeholder={content.questions[0] ?? ''}
              value={input}
              onChange={(event: React.ChangeEvent<HTMLInputElement>) => setInput(event.target.value)}
            />
          </FormField>
          <div>
            <Button type="submit" variant="secondary" size="small" disabled={!input.trim() || !isValid}>
              {text('FlexcordKbAsk')}
            </Button>
          </div>
        </Column>
      </form>
      {isValid ? null : <SecondaryText>{text('FlexcordKbNotSound')}</SecondaryText>}
      {question && isValid ? (
        <QueryState query={trial}>{(result) => <Result trial={result} />}</QueryState>
      ) : null}
    </Column>
  );
};

const Result = ({ trial }: { trial: ArticleTrial }) => {
  const { best, shown, rank } = trial;
  return (
    <Column>
      <Callout variant={shown ? (rank === 1 ? 'success' : 'new') : 'warning'}>
        <Box as="strong" fontWeight="fontWeightSemibold">
          {rankText(trial)}
        </Box>{' '}
        {text(`FlexcordKbTrialKind_${trial.kind}`)}
      </Callout>
      <Box as="ol" margin="space0" padding="space0" display="flex" flexDirection="column" rowGap="space40">
        {best.map(({ id, title, score, own }, index) => (
          <Box as="li" key={id} listStyleType="none">
            <Box display="flex" alignItems="baseline" columnGap="space30">
              <SecondaryText>{formatNumber(index + 1)}</SecondaryText>
              <Box flexGrow={1} dir="auto" fontWeight={own ? 'fontWeightSemibold' : 'fontWeightNormal'}>
                <Row>
                  <span>
                    <Highlight pieces={title} />
                  </span>
                  {own ? <Badge variant="new">{text('FlexcordKbThisArticle')}</Badge> : null}
                </Row>
              </Box>
              <SecondaryText>{formatPercent(score)}</SecondaryText>
            </Box>
            <ScoreBar score={score} own={own} />
          </Box>
        ))}
      </Box>
    </Column>
  );
};

const ScoreBar = ({ score, own }: { score: number; own: boolean }) => (
  <Box
    aria-hidden="true"
    marginTop="space20"
    height="4px"
    borderRadius="borderRadiusPill"
    backgroundColor="colorBackgroundStrong"
    overflow="hidden"
  >
    <Box
      height="100%"
      borderRadius="borderRadiusPill"
      backgroundColor={own ? 'colorBackgroundPrimary' : 'colorBackgroundStrongest'}
      style={{ width: `${Math.max(1, Math.round(score * 100))}%` }}
    />
  </Box>
);

function rankText({ rank, shown }: ArticleTrial): string {
  if (rank === null) return text('FlexcordKbTrialNowhere');
  if (!shown) return text('FlexcordKbTrialNotShown', { rank: formatNumber(rank) });
  return rank === 1
    ? text('FlexcordKbTrialFirst')
    : text('FlexcordKbTrialShown', { rank: formatNumber(rank) });
}
