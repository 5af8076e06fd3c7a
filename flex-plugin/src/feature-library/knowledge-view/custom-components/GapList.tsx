import type { LibraryGap } from '@flexcord/shared/panel/library';
import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';
import { notifyDone, notifyFailed } from '../../discord-panel/custom-components/notify.ts';
import { QueryState } from '../../discord-panel/custom-components/QueryState.tsx';
import { Card, Column, formatDate, Row, Weak } from '../../discord-panel/custom-components/ui.tsx';
import { Words } from '../../discord-panel/custom-components/Words.tsx';
import { emptyContent } from '../utils/content.ts';
import { draftOf, keepDraft, NEW_ARTICLE } from '../utils/drafts.ts';
import { dismissGap, mayWrite, useGaps } from '../utils/library.ts';
import { goTo } from '../utils/place.ts';
import { Choice, formatNumber, languageName, Tag } from './parts.tsx';

type Which = '' | 'en' | 'ja';
const FIRST_WORDINGS = 3;

/** What could not be answered, asked most often first. */
export const GapList = () => {
  const [language, setLanguage] = React.useState<Which>('');
  return (
    <Column>
      <Weak>{text('FlexcordKbGapsHelp')}</Weak>
      <Box maxWidth="260px">
        <Choice
          id="flexcord-kb-gap-language"
          label={text('FlexcordKbLanguage')}
          value={language}
          options={[
            ['', text('FlexcordKbAll')],
            ['en', languageName('en')],
            ['ja', languageName('ja')],
          ]}
          onChange={(value) => setLanguage(value as Which)}
        />
      </Box>
      <QueryState
        query={useGaps(language || undefined)}
        isEmpty={({ gaps }) => gaps.length === 0}
        emptyText={text('FlexcordKbNoGaps')}
      >
        {({ gaps, total }) => (
          <Column gap="space30">
            {gaps.map((gap) => (
              <Gap key={gap.ids[0]} gap={gap} />
            ))}
            {total > gaps.length ? (
              <Weak>
                {text('FlexcordKbMoreGaps', { shown: formatNumber(gaps.length), total: formatNumber(total) })}
              </Weak>
            ) : null}
          </Column>
        )}
      </QueryState>
    </Column>
  );
};

/** Begins an article with the questions of a gap, or goes on with the one that was begun. */
function writeArticle({ ids, draft }: LibraryGap): void {
  const key = `${NEW_ARTICLE}:${Math.min(...ids)}`;
  if (!draftOf(key)) keepDraft(key, { content: draft, base: emptyContent, version: null, gapIds: ids });
  goTo({ name: 'article', key });
}

const Gap = ({ gap }: { gap: LibraryGap }) => {
  const [showsAll, setShowsAll] = React.useState(false);
  const { question, times, members, lastAt, language, sources } = gap;
  const others = gap.questions.filter((wording) => wording !== question);
  const shown = showsAll ? others : others.slice(0, FIRST_WORDINGS);
  return (
    <Card>
      <Box display="flex" alignItems="flex-start" columnGap="space60">
        <Box
          flexShrink={0}
          minWidth="64px"
          textAlign="center"
          color="colorTextWeak"
          fontSize="fontSize20"
          lineHeight="lineHeight20"
        >
          <Box
            fontSize="fontSize60"
            lineHeight="lineHeight60"
            color="colorText"
            fontWeight="fontWeightSemibold"
          >
            {formatNumber(times)}
          </Box>
          {text('FlexcordKbTimesAsked')}
        </Box>
        <Box flexGrow={1} minWidth="0">
          <Column gap="space20">
            <Words as="strong">{question}</Words>
            <Row>
              <Tag>{languageName(language)}</Tag>
              {sources.map((source) => (
                <Tag key={source}>{text(`FlexcordKbAskedOf_${source}`)}</Tag>
              ))}
              <Weak>
                {members > 0 ? `${text('FlexcordKbGapMembers', { members: formatNumber(members) })} · ` : ''}
                {text('FlexcordKbGapLast', { date: formatDate(lastAt) })}
              </Weak>
            </Row>
            {shown.length > 0 ? (
              <Box as="ul" margin="space0" paddingLeft="space60" color="colorTextWeak">
                {shown.map((wording) => (
                  <li key={wording} style={{ listStyleType: 'disc' }}>
                    <Words as="span">{wording}</Words>
                  </li>
                ))}
              </Box>
            ) : null}
            {others.length > FIRST_WORDINGS ? (
              <div>
                <Button variant="link" size="small" onClick={() => setShowsAll(!showsAll)}>
                  {text(showsAll ? 'FlexcordKbFewerWordings' : 'FlexcordKbAllWordings', {
                    count: formatNumber(others.length),
                  })}
                </Button>
              </div>
            ) : null}
          </Column>
        </Box>
        {mayWrite() ? <GapButtons gap={gap} /> : null}
      </Box>
    </Card>
  );
};

const GapButtons = ({ gap }: { gap: LibraryGap }) => {
  const [step, setStep] = React.useState<'idle' | 'asked' | 'busy'>('idle');
  const dismiss = () => {
    setStep('busy');
    void dismissGap(gap.ids).then(
      () => notifyDone(),
      (error) => {
        notifyFailed(error);
        setStep('idle');
      },
    );
  };
  return (
    <Box flexShrink={0} display="flex" columnGap="space30" alignItems="center">
      {step === 'idle' ? (
        <>
          <Button variant="link" size="small" onClick={() => setStep('asked')}>
            {text('FlexcordKbDismiss')}
          </Button>
          <Button variant="secondary" size="small" onClick={() => writeArticle(gap)}>
            {text('FlexcordKbWriteArticle')}
          </Button>
        </>
      ) : (
        <>
          <span role="status">{text('FlexcordKbDismissSure')}</span>
          <Button variant="destructive" size="small" disabled={step === 'busy'} onClick={dismiss}>
            {text('FlexcordKbDismissYes')}
          </Button>
          <Button variant="secondary" size="small" disabled={step === 'busy'} onClick={() => setStep('idle')}>
            {text('FlexcordKbDismissNo')}
          </Button>
        </>
      )}
    </Box>
  );
};
