import type { LibraryLesson } from '@flexcord/shared/panel/library';
import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { Badge } from '../../../components/Badge.tsx';
import { Card } from '../../../components/Card.tsx';
import { Column } from '../../../components/Column.tsx';
import { PagedList } from '../../../components/PagedList.tsx';
import { Row } from '../../../components/Row.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { TextButton } from '../../../components/TextButton.tsx';
import { UserText } from '../../../components/UserText.tsx';
import { EmptyState } from '../../../components/view/EmptyState.tsx';
import { FilterBar } from '../../../components/view/FilterBar.tsx';
import { Time } from '../../../components/view/Time.tsx';
import { formatDate } from '../../../utils/format.ts';
import { notifyError, notifySuccess } from '../../../utils/notifications.ts';
import { isSupervisor } from '../../../utils/permissions.ts';
import { text } from '../../../utils/strings.ts';
import { undoLesson, useLessons } from '../utils/libraryQueries.ts';
import { navigateTo } from '../utils/navigation.ts';

type UndoneFilter = '' | 'true' | 'false';

/** Questions that were learned from use, of all articles or of one, for review. */
export const LessonList = ({ articleId }: { articleId?: string }) => {
  const [undone, setUndone] = React.useState<UndoneFilter>('');
  const lessons = useLessons({ articleId, undone: undone === '' ? undefined : undone });
  return (
    <Column>
      <SecondaryText>{text('FlexcordKbLessonsHelp')}</SecondaryText>
      <FilterBar
        filters={[
          {
            name: 'undone',
            label: text('FlexcordKbShowLessons'),
            anyLabel: text('FlexcordKbAllLessons'),
            value: undone,
            options: [
              ['false', text('FlexcordKbInForce')],
              ['true', text('FlexcordKbUndone')],
            ],
          },
        ]}
        onFilter={(_, value = '') => setUndone(value as UndoneFilter)}
      />
      <PagedList
        query={lessons}
        itemsOf={(page) => page.lessons}
        emptyText={
          <EmptyState heading={text('FlexcordKbNoLessons')}>{text('FlexcordKbLessonsHelp')}</EmptyState>
        }
      >
        {(lesson) => <LessonCard key={lesson.id} lesson={lesson} namesArticle={articleId === undefined} />}
      </PagedList>
    </Column>
  );
};

const LessonCard = ({ lesson, namesArticle }: { lesson: LibraryLesson; namesArticle: boolean }) => {
  const [busy, setBusy] = React.useState(false);
  const { id, source, question, weight, articleId, articleTitle, at, undone } = lesson;
  const change = () => {
    setBusy(true);
    void undoLesson(id, undone === null)
      .then(() => notifySuccess(), notifyError)
      .then(() => setBusy(false));
  };
  return (
    <Card>
      <Box display="flex" alignItems="center" columnGap="space50">
        <Box flexGrow={1} minWidth="0">
          <Column gap="space20">
            <UserText as="strong">{question}</UserText>
            <Row>
              <Badge variant={weight > 0 ? 'success' : 'error'}>
                {text(weight > 0 ? 'FlexcordKbSpeaksFor' : 'FlexcordKbSpeaksAgainst')}
              </Badge>
              {undone ? <Badge>{text('FlexcordKbUndone')}</Badge> : null}
              {namesArticle ? (
                articleTitle === null ? (
                  <SecondaryText>{text('FlexcordKbGoneArticle')}</SecondaryText>
                ) : (
                  <TextButton onClick={() => navigateTo({ name: 'article', key: articleId })}>
                    {articleTitle}
                  </TextButton>
                )
              ) : null}
            </Row>
            <SecondaryText>
              {text(`FlexcordKbLesson_${source}`)} · <Time at={at} />
              {undone ? (
                <bdi> · {text('FlexcordKbUndoneBy', { name: undone.by, date: formatDate(undone.at) })}</bdi>
              ) : null}
            </SecondaryText>
          </Column>
        </Box>
        {isSupervisor() ? (
          <Button variant="secondary" size="small" disabled={busy} onClick={change}>
            {text(undone ? 'FlexcordKbRedo' : 'FlexcordKbUndo')}
          </Button>
        ) : null}
      </Box>
    </Card>
  );
};
