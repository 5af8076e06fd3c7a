import type { LibraryLesson } from '@flexcord/shared/panel/library';
import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';
import { notifyDone, notifyFailed } from '../../discord-panel/custom-components/notify.ts';
import { Paged } from '../../discord-panel/custom-components/Paged.tsx';
import { Card, Column, formatDate, Row, Weak } from '../../discord-panel/custom-components/ui.tsx';
import { Words } from '../../discord-panel/custom-components/Words.tsx';
import { mayWrite, undoLesson, useLessons } from '../utils/library.ts';
import { goTo } from '../utils/place.ts';
import { Choice, Tag, TextButton } from './parts.tsx';

type Which = '' | 'true' | 'false';

/** What was learned from use, of all articles or of one, to be reviewed and taken back. */
export const LessonList = ({ articleId }: { articleId?: string }) => {
  const [undone, setUndone] = React.useState<Which>('');
  const lessons = useLessons({ articleId, undone: undone === '' ? undefined : undone });
  return (
    <Column>
      <Weak>{text('FlexcordKbLessonsHelp')}</Weak>
      <Box maxWidth="260px">
        <Choice
          id="flexcord-kb-lessons"
          label={text('FlexcordKbShowLessons')}
          value={undone}
          options={[
            ['', text('FlexcordKbAll')],
            ['false', text('FlexcordKbInForce')],
            ['true', text('FlexcordKbUndone')],
          ]}
          onChange={(value) => setUndone(value as Which)}
        />
      </Box>
      <Paged query={lessons} itemsOf={(page) => page.lessons} emptyText={text('FlexcordKbNoLessons')}>
        {(lesson) => <Lesson key={lesson.id} lesson={lesson} namesArticle={articleId === undefined} />}
      </Paged>
    </Column>
  );
};

const Lesson = ({ lesson, namesArticle }: { lesson: LibraryLesson; namesArticle: boolean }) => {
  const [busy, setBusy] = React.useState(false);
  const { id, source, question, weight, articleId, articleTitle, at, undone } = lesson;
  const change = () => {
    setBusy(true);
    void undoLesson(id, undone === null)
      .then(() => notifyDone(), notifyFailed)
      .then(() => setBusy(false));
  };
  return (
    <Card>
      <Box display="flex" alignItems="center" columnGap="space50">
        <Box flexGrow={1} minWidth="0">
          <Column gap="space20">
            <Words as="strong">{question}</Words>
            <Row>
              <Tag tone={weight > 0 ? 'success' : 'error'}>
                {text(weight > 0 ? 'FlexcordKbSpeaksFor' : 'FlexcordKbSpeaksAgainst')}
              </Tag>
              {undone ? <Tag>{text('FlexcordKbUndone')}</Tag> : null}
              {namesArticle ? (
                articleTitle === null ? (
                  <Weak>{text('FlexcordKbGoneArticle')}</Weak>
                ) : (
                  <TextButton onClick={() => goTo({ name: 'article', key: articleId })}>
                    {articleTitle}
                  </TextButton>
                )
              ) : null}
            </Row>
            <Weak>
              {text(`FlexcordKbLesson_${source}`)} · {formatDate(at, true)}
              {undone ? (
                <bdi> · {text('FlexcordKbUndoneBy', { name: undone.by, date: formatDate(undone.at) })}</bdi>
              ) : null}
            </Weak>
          </Column>
        </Box>
        {mayWrite() ? (
          <Button variant="secondary" size="small" disabled={busy} onClick={change}>
            {text(undone ? 'FlexcordKbRedo' : 'FlexcordKbUndo')}
          </Button>
        ) : null}
      </Box>
    </Card>
  );
};
