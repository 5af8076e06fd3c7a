import type { ArticleContent, ArticleTrial } from '@flexcord/shared/panel/library';
import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import { Input } from '@twilio-paste/core/input';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';
import { QueryState } from '../../discord-panel/custom-components/QueryState.tsx';
import { Column, Row, Weak } from '../../discord-panel/custom-components/ui.tsx';
import { Highlighted } from '../../discord-panel/custom-components/Words.tsx';
import { useTrial } from '../utils/library.ts';
import { Field, formatNumber, formatPercent, Notice, Tag } from './parts.tsx';

interface Props {
  content: ArticleContent;
  articleId: string | null;
  /** Whether the content can be tried. */
  isSound: boolean;
  question: string;
  onAsk: (question: string) => void;
}

/** Asks as a member would, of the article as it is being written; asked again by itself with every change. */
export const Trial = ({ content, articleId, isSound, question, onAsk }: Props) => {
  const [typed, setTyped] = React.useState(question);
  const trial = useTrial(isSound ? question : '', content, articleId);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    onAsk(typed.trim());
  };
  return (
    <Column>
      <form onSubmit={submit}>
        <Column gap="space30">
          <Field id="flexcord-kb-trial" label={text('FlexcordKbTryQuestion')}>
            <Input
              id="flexcord-kb-trial"
              type="text"
              dir="auto"
              maxLength={1000}
              placeholder={content.questions[0] ?? ''}
              value={typed}
              onChange={(event: React.ChangeEvent<HTMLInputElement>) => setTyped(event.target.value)}
            />
          </Field>
          <div>
            <Button type="submit" variant="secondary" size="small" disabled={!typed.trim() || !isSound}>
              {text('FlexcordKbAsk')}
            </Button>
          </div>
        </Column>
      </form>
      {isSound ? null : <Weak>{text('FlexcordKbNotSound')}</Weak>}
      {question && isSound ? (
        <QueryState query={trial}>{(result) => <Result trial={result} />}</QueryState>
      ) : null}
    </Column>
  );
};

const Result = ({ trial }: { trial: ArticleTrial }) => {
  const { best, shown, rank } = trial;
  return (
    <Column>
      <Notice tone={shown ? (rank === 1 ? 'success' : 'new') : 'warning'}>
        <Box as="strong" fontWeight="fontWeightSemibold">
          {verdictOf(trial)}
        </Box>{' '}
        {text(`FlexcordKbTrialKind_${trial.kind}`)}
      </Notice>
      <Box as="ol" margin="space0" padding="space0" display="flex" flexDirection="column" rowGap="space40">
        {best.map(({ id, title, score, own }, index) => (
          <Box as="li" key={id} listStyleType="none">
            <Box display="flex" alignItems="baseline" columnGap="space30">
              <Weak>{formatNumber(index + 1)}</Weak>
              <Box flexGrow={1} dir="auto" fontWeight={own ? 'fontWeightSemibold' : 'fontWeightNormal'}>
                <Row>
                  <span>
                    <Highlighted pieces={title} />
                  </span>
                  {own ? <Tag tone="new">{text('FlexcordKbThisArticle')}</Tag> : null}
                </Row>
              </Box>
              <Weak>{formatPercent(score)}</Weak>
            </Box>
            <Chance score={score} own={own} />
          </Box>
        ))}
      </Box>
    </Column>
  );
};

const Chance = ({ score, own }: { score: number; own: boolean }) => (
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

function verdictOf({ rank, shown }: ArticleTrial): string {
  if (rank === null) return text('FlexcordKbTrialNowhere');
  if (!shown) return text('FlexcordKbTrialNotShown', { rank: formatNumber(rank) });
  return rank === 1
    ? text('FlexcordKbTrialFirst')
    : text('FlexcordKbTrialShown', { rank: formatNumber(rank) });
}
