import type { ArticleLanguage, LibraryGap } from '@flexcord/shared/panel/library';
import { ARTICLE_LANGUAGES } from '@flexcord/shared/panel/library-constants';
import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { Badge } from '../../../components/Badge.tsx';
import { Card } from '../../../components/Card.tsx';
import { Column } from '../../../components/Column.tsx';
import { QueryState } from '../../../components/QueryState.tsx';
import { Row } from '../../../components/Row.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { UserText } from '../../../components/UserText.tsx';
import { EmptyState } from '../../../components/view/EmptyState.tsx';
import { FilterBar } from '../../../components/view/FilterBar.tsx';
import { Time } from '../../../components/view/Time.tsx';
import { useKnowledgeGaps } from '../../../hooks/useKnowledgeGaps.ts';
import { formatNumber, languageName } from '../../../utils/format.ts';
import { isSupervisor } from '../../../utils/permissions.ts';
import { text } from '../../../utils/strings.ts';
import { emptyContent } from '../utils/articleContent.ts';
import { getDraft, NEW_ARTICLE, saveDraft } from '../utils/drafts.ts';
import { dismissGap } from '../utils/libraryQueries.ts';
import { navigateTo } from '../utils/navigation.ts';
import { CandidateButtons } from './CandidateButtons.tsx';

const MAX_COLLAPSED_QUESTIONS = 3;

/** Questions that no article answers, asked most often first. */
export const GapList = () => {
  const [language, setLanguage] = React.useState<ArticleLanguage | ''>('');
  return (
    <Column>
      <SecondaryText>{text('FlexcordKbGapsHelp')}</SecondaryText>
      <FilterBar
        filters={[
          {
            name: 'language',
            label: text('FlexcordKbFilter_language'),
            anyLabel: text('FlexcordKbAny_language'),
            value: language,
            options: ARTICLE_LANGUAGES.map((value) => [value, languageName(value)] as const),
          },
        ]}
        onFilter={(_, value = '') => setLanguage(value)}
      />
      <QueryState
        query={useKnowledgeGaps(language || undefined)}
        isEmpty={({ gaps }) => gaps.length === 0}
        emptyText={<EmptyState heading={text('FlexcordKbNoGaps')}>{text('FlexcordKbGapsHelp')}</EmptyState>}
      >
        {({ gaps, total }) => (
          <Column gap="space30">
            {gaps.map((gap) => (
              <GapCard key={gap.ids[0]} gap={gap} />
            ))}
            {total > gaps.length ? (
              <SecondaryText>
                {text('FlexcordKbMoreGaps', { shown: formatNumber(gaps.length), total: formatNumber(total) })}
              </SecondaryText>
            ) : null}
          </Column>
        )}
      </QueryState>
    </Column>
  );
};

/** Opens the draft of an article for a gap, with its questions; creates it where there is none. */
function openArticleDraft({ ids, draft }: LibraryGap): void {
  const key = `${NEW_ARTICLE}:${Math.min(...ids)}`;
  if (!getDraft(key)) saveDraft(key, { content: draft, base: emptyContent, version: null, gapIds: ids });
  navigateTo({ name: 'article', key });
}

const GapCard = ({ gap }: { gap: LibraryGap }) => {
  const [showsAll, setShowsAll] = React.useState(false);
  const { question, times, members, lastAt, language, sources } = gap;
  const otherQuestions = gap.questions.filter((other) => other !== question);
  const visibleQuestions = showsAll ? otherQuestions : otherQuestions.slice(0, MAX_COLLAPSED_QUESTIONS);
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
          {text('FlexcordKbTimesAsked', { count: times })}
        </Box>
        <Box flexGrow={1} minWidth="0">
          <Column gap="space20">
            <UserText as="strong">{question}</UserText>
            <Row>
              <Badge>{languageName(language)}</Badge>
              {sources.map((source) => (
                <Badge key={source}>{text(`FlexcordKbAskedOf_${source}`)}</Badge>
              ))}
              <SecondaryText>
                {members > 0 ? `${text('FlexcordKbGapMembers', { count: members })} · ` : ''}
                {text('FlexcordKbGapLast')} <Time at={lastAt} />
              </SecondaryText>
            </Row>
            {visibleQuestions.length > 0 ? (
              <Box as="ul" margin="space0" paddingLeft="space60" color="colorTextWeak">
                {visibleQuestions.map((other) => (
                  <li key={other} style={{ listStyleType: 'disc' }}>
                    <UserText as="span">{other}</UserText>
                  </li>
                ))}
              </Box>
            ) : null}
            {otherQuestions.length > MAX_COLLAPSED_QUESTIONS ? (
              <div>
                <Button variant="link" size="small" onClick={() => setShowsAll(!showsAll)}>
                  {text(showsAll ? 'FlexcordKbFewerWordings' : 'FlexcordKbAllWordings', {
                    count: formatNumber(otherQuestions.length),
                  })}
                </Button>
              </div>
            ) : null}
          </Column>
        </Box>
        {isSupervisor() ? (
          <CandidateButtons onDismiss={() => dismissGap(gap.ids)} onWrite={() => openArticleDraft(gap)} />
        ) : null}
      </Box>
    </Card>
  );
};
