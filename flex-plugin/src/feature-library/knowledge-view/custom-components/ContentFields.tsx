import type { ArticleContent } from '@flexcord/shared/panel/library';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';
import { Weak } from '../../discord-panel/custom-components/ui.tsx';
import { Words } from '../../discord-panel/custom-components/Words.tsx';
import type { ContentField } from '../utils/content.ts';
import { languageName } from './parts.tsx';

const labels: Record<ContentField, string> = {
  title: 'FlexcordKbTitle',
  questions: 'FlexcordKbSampleQuestions',
  text: 'FlexcordKbText',
  url: 'FlexcordKbLink',
  language: 'FlexcordKbLanguage',
  labels: 'FlexcordKbLabels',
  responseTemplate: 'FlexcordKbTemplate',
};

export const fieldLabel = (field: ContentField) => text(labels[field]);

/** What one field of an article says, to be read beside another version of it. */
export const FieldValue = ({ content, field }: { content: ArticleContent; field: ContentField }) => {
  const value = wordsOf(content, field);
  return (
    <Box maxHeight="240px" overflowY="auto">
      {value === '' ? <Weak>{text('FlexcordKbEmptyField')}</Weak> : <Words>{value}</Words>}
    </Box>
  );
};

function wordsOf(content: ArticleContent, field: ContentField): string {
  if (field === 'questions') return content.questions.join('\n');
  if (field === 'labels') return content.labels.join(', ');
  if (field === 'language') return languageName(content.language);
  return content[field] ?? '';
}
