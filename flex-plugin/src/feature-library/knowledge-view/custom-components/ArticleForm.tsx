import type { ArticleContent, ArticleLanguage } from '@flexcord/shared/panel/library';
import { ARTICLE_LANGUAGES, ARTICLE_LIMITS, PLACEHOLDERS } from '@flexcord/shared/panel/library-constants';
import { Box } from '@twilio-paste/core/box';
import { Input } from '@twilio-paste/core/input';
import { TextArea } from '@twilio-paste/core/textarea';
import * as React from 'react';

import { Column } from '../../../components/Column.tsx';
import { FormField } from '../../../components/FormField.tsx';
import { Row } from '../../../components/Row.tsx';
import { SelectField } from '../../../components/SelectField.tsx';
import { useAgents } from '../../../hooks/caseQueries.ts';
import { formatNumber, languageName } from '../../../utils/format.ts';
import { text } from '../../../utils/strings.ts';
import { normalize } from '../utils/articleContent.ts';
import { useCounts } from '../utils/libraryQueries.ts';
import { ChipButton } from './ChipButton.tsx';
import { MarkdownToolbar } from './MarkdownToolbar.tsx';

interface Props {
  content: ArticleContent;
  readOnly: boolean;
  onChange: (change: Partial<ArticleContent>) => void;
}

type TextEvent = React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>;
const MAX_SUGGESTED_LABELS = 8;

export const ArticleForm = ({ content, readOnly, onChange }: Props) => (
  <Box as="section" aria-label={text('FlexcordKbArticle')}>
    <Column gap="space60">
      <FormField id="flexcord-kb-title" label={text('FlexcordKbTitle')} required>
        <Input
          id="flexcord-kb-title"
          type="text"
          dir="auto"
          maxLength={ARTICLE_LIMITS.title}
          readOnly={readOnly}
          value={content.title}
          onChange={(event: TextEvent) => onChange({ title: event.target.value })}
        />
      </FormField>
      <FormField
        id="flexcord-kb-questions"
        label={text('FlexcordKbQuestions', { count: formatNumber(normalize(content).questions.length) })}
        help={text('FlexcordKbQuestionsHelp')}
      >
        <TextArea
          id="flexcord-kb-questions"
          aria-describedby="flexcord-kb-questions-help"
          dir="auto"
          readOnly={readOnly}
          value={content.questions.join('\n')}
          onChange={(event: TextEvent) =>
            onChange({ questions: event.target.value === '' ? [] : event.target.value.split('\n') })
          }
        />
      </FormField>
      <FormField id="flexcord-kb-text" label={text('FlexcordKbText')} help={text('FlexcordKbTextHelp')}>
        {readOnly ? null : <MarkdownToolbar controls="flexcord-kb-text" />}
        <TextArea
          id="flexcord-kb-text"
          aria-describedby="flexcord-kb-text-help"
          dir="auto"
          maxLength={ARTICLE_LIMITS.text}
          readOnly={readOnly}
          value={content.text}
          onChange={(event: TextEvent) => onChange({ text: event.target.value })}
        />
      </FormField>
      <FormField id="flexcord-kb-url" label={text('FlexcordKbLink')} help={text('FlexcordKbLinkHelp')}>
        <Input
          id="flexcord-kb-url"
          type="text"
          inputMode="url"
          aria-describedby="flexcord-kb-url-help"
          placeholder="https://"
          maxLength={ARTICLE_LIMITS.url}
          readOnly={readOnly}
          value={content.url ?? ''}
          onChange={(event: TextEvent) => onChange({ url: event.target.value || null })}
        />
      </FormField>
      <Template content={content} readOnly={readOnly} onChange={onChange} />
      <Box display="grid" gridTemplateColumns="180px minmax(0, 1fr)" columnGap="space50">
        <SelectField
          id="flexcord-kb-article-language"
          label={text('FlexcordKbLanguage')}
          value={content.language}
          disabled={readOnly}
          options={[...new Set<string>([...ARTICLE_LANGUAGES, content.language])].map((language) => [
            language,
            languageName(language),
          ])}
          onChange={(value) => onChange({ language: value as ArticleLanguage })}
        />
        <Labels content={content} readOnly={readOnly} onChange={onChange} />
      </Box>
      <Review content={content} readOnly={readOnly} onChange={onChange} />
    </Column>
  </Box>
);

/** Who answers for the article, and when it should be looked at again. */
const Review = ({ content, readOnly, onChange }: Props) => {
  const agents = useAgents(true).data?.agents ?? [];
  const owner = content.owner ?? '';
  const known = agents.some(({ identity }) => identity === owner);
  return (
    <Box display="grid" gridTemplateColumns="minmax(0, 1fr) 180px" columnGap="space50">
      <SelectField
        id="flexcord-kb-owner"
        label={text('FlexcordKbOwner')}
        value={owner}
        disabled={readOnly}
        options={[
          ['', text('FlexcordKbNoOwner')],
          ...(owner === '' || known ? [] : [[owner, owner] as const]),
          ...agents.map(({ identity, name }) => [identity, name] as const),
        ]}
        onChange={(value) => onChange({ owner: value || null })}
      />
      <FormField id="flexcord-kb-review" label={text('FlexcordKbReviewOn')}>
        <Input
          id="flexcord-kb-review"
          type="date"
          readOnly={readOnly}
          value={content.reviewOn ?? ''}
          onChange={(event: TextEvent) => onChange({ reviewOn: event.target.value || null })}
        />
      </FormField>
    </Box>
  );
};

const Labels = ({ content, readOnly, onChange }: Props) => {
  const counts = useCounts().data?.labels ?? {};
  const chosen = normalize(content).labels;
  const proposed = Object.entries(counts)
    .sort(([, most], [, least]) => least - most)
    .map(([label]) => label)
    .filter((label) => !chosen.includes(label))
    .slice(0, MAX_SUGGESTED_LABELS);
  return (
    <Column gap="space20">
      <FormField id="flexcord-kb-labels" label={text('FlexcordKbLabelsHelp')}>
        <Input
          id="flexcord-kb-labels"
          type="text"
          dir="auto"
          readOnly={readOnly}
          value={content.labels.join(',')}
          onChange={(event: TextEvent) =>
            onChange({ labels: event.target.value === '' ? [] : event.target.value.split(',') })
          }
        />
      </FormField>
      {readOnly ? null : (
        <Row>
          {proposed.map((label) => (
            <ChipButton
              key={label}
              label={text('FlexcordKbAddLabel', { label })}
              onClick={() =>
                onChange({ labels: [...chosen, label].map((one, at) => (at ? ` ${one}` : one)) })
              }
            >
              + {label}
            </ChipButton>
          ))}
        </Row>
      )}
    </Column>
  );
};

const Template = ({ content, readOnly, onChange }: Props) => {
  const area = React.useRef<HTMLTextAreaElement>(null);
  const template = content.responseTemplate ?? '';
  /** Puts a placeholder where the cursor is. */
  const insert = (name: string) => {
    const { selectionStart = template.length, selectionEnd = template.length } = area.current ?? {};
    const before = `${template.slice(0, selectionStart)}{{${name}}}`;
    onChange({ responseTemplate: before + template.slice(selectionEnd) });
    setTimeout(() => {
      area.current?.focus();
      area.current?.setSelectionRange(before.length, before.length);
    });
  };
  return (
    <Column gap="space20">
      <FormField
        id="flexcord-kb-template"
        label={text('FlexcordKbTemplate')}
        help={text('FlexcordKbTemplateHelp', { example: '{{member.name|there}}' })}
      >
        <TextArea
          id="flexcord-kb-template"
          ref={area}
          aria-describedby="flexcord-kb-template-help"
          dir="auto"
          maxLength={ARTICLE_LIMITS.responseTemplate}
          readOnly={readOnly}
          value={template}
          onChange={(event: TextEvent) => onChange({ responseTemplate: event.target.value || null })}
        />
      </FormField>
      {readOnly ? null : (
        <Row>
          {Object.keys(PLACEHOLDERS).map((name) => (
            <ChipButton
              key={name}
              label={text('FlexcordKbInsertPlaceholder', { what: text(`FlexcordKbPlaceholder_${name}`) })}
              title={`{{${name}}}`}
              onClick={() => insert(name)}
            >
              + {text(`FlexcordKbPlaceholder_${name}`)}
            </ChipButton>
          ))}
        </Row>
      )}
    </Column>
  );
};
