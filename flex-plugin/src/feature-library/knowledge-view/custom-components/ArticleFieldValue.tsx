import type { ArticleContent } from '@flexcord/shared/panel/library';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { UserText } from '../../../components/UserText.tsx';
import { languageName } from '../../../utils/format.ts';
import { text } from '../../../utils/strings.ts';
import type { ContentField } from '../utils/articleContent.ts';

const labels: Record<ContentField, string> = {
  title: 'FlexcordKbTitle',
  questions: 'FlexcordKbSampleQuestions',
  text: 'FlexcordKbText',
  url: 'FlexcordKbLink',
  language: 'FlexcordKbLanguage',
  labels: 'FlexcordKbLabels',
  responseTemplate: 'FlexcordKbTemplate',
  owner: 'FlexcordKbOwner',
  reviewOn: 'FlexcordKbReviewOn',
};

export const fieldLabel = (field: ContentField) => text(labels[field]);

/** The value of one field of an article, read-only. */
export const FieldValue = ({ content, field }: { content: ArticleContent; field: ContentField }) => {
  const value = wordsOf(content, field);
  return (
    <Box maxHeight="240px" overflowY="auto">
      {value === '' ? (
        <SecondaryText>{text('FlexcordKbEmptyField')}</SecondaryText>
      ) : (
        <UserText>{value}</UserText>
      )}
    </Box>
  );
};

function wordsOf(content: ArticleContent, field: ContentField): string {
  if (field === 'questions') return content.questions.join('\n');
  if (field === 'labels') return content.labels.join(', ');
  if (field === 'language') return languageName(content.language);
  return content[field] ?? '';
}
