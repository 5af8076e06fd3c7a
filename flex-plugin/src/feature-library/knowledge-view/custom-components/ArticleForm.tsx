import type { ArticleContent, ArticleLanguage, Placeholder } from '@flexcord/shared/panel/library';
import { Box } from '@twilio-paste/core/box';
import { Input } from '@twilio-paste/core/input';
import { TextArea } from '@twilio-paste/core/textarea';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';
import { Column, Row } from '../../discord-panel/custom-components/ui.tsx';
import { tidy } from '../utils/content.ts';
import { useCounts } from '../utils/library.ts';
import { ChipButton, Choice, Field, formatNumber, languageName } from './parts.tsx';

interface Props {
  content: ArticleContent;
  readOnly: boolean;
  onChange: (change: Partial<ArticleContent>) => void;
}

type TextEvent = React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>;
const MOST_PROPOSED_LABELS = 8;
/** All there are, in the order in which they are offered; the type says when one is missing. */
const placeholders: Record<Placeholder, true> = {
  'member.name': true,
  'agent.name': true,
  'case.number': true,
  'article.title': true,
  'article.url': true,
};

export const ArticleForm = ({ content, readOnly, onChange }: Props) => (
  <Box as="section" aria-label={text('FlexcordKbArticle')}>
    <Column gap="space60">
      <Field id="flexcord-kb-title" label={text('FlexcordKbTitle')} required>
        <Input
          id="flexcord-kb-title"
          type="text"
          dir="auto"
          maxLength={300}
          readOnly={readOnly}
          value={content.title}
          onChange={(event: TextEvent) => onChange({ title: event.target.value })}
        />
      </Field>
      <Field
        id="flexcord-kb-questions"
        label={text('FlexcordKbQuestions', { count: formatNumber(tidy(content).questions.length) })}
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
      </Field>
      <Field id="flexcord-kb-text" label={text('FlexcordKbText')} help={text('FlexcordKbTextHelp')}>
        <TextArea
          id="flexcord-kb-text"
          aria-describedby="flexcord-kb-text-help"
          dir="auto"
          maxLength={100_000}
          readOnly={readOnly}
          value={content.text}
          onChange={(event: TextEvent) => onChange({ text: event.target.value })}
        />
      </Field>
      <Field id="flexcord-kb-url" label={text('FlexcordKbLink')} help={text('FlexcordKbLinkHelp')}>
        <Input
          id="flexcord-kb-url"
          type="text"
          inputMode="url"
          aria-describedby="flexcord-kb-url-help"
          placeholder="https://"
          maxLength={2000}
          readOnly={readOnly}
          value={content.url ?? ''}
          onChange={(event: TextEvent) => onChange({ url: event.target.value || null })}
        />
      </Field>
      <Template content={content} readOnly={readOnly} onChange={onChange} />
      <Box display="grid" gridTemplateColumns="180px minmax(0, 1fr)" columnGap="space50">
        <Choice
          id="flexcord-kb-article-language"
          label={text('FlexcordKbLanguage')}
          value={content.language}
          disabled={readOnly}
          options={(['en', 'ja'] as const).map((language) => [language, languageName(language)])}
          onChange={(value) => onChange({ language: value as ArticleLanguage })}
        />
        <Labels content={content} readOnly={readOnly} onChange={onChange} />
      </Box>
    </Column>
  </Box>
);

const Labels = ({ content, readOnly, onChange }: Props) => {
  const counts = useCounts().data?.labels ?? {};
  const chosen = tidy(content).labels;
  const proposed = Object.entries(counts)
    .sort(([, most], [, least]) => least - most)
    .map(([label]) => label)
    .filter((label) => !chosen.includes(label))
    .slice(0, MOST_PROPOSED_LABELS);
  return (
    <Column gap="space20">
      <Field id="flexcord-kb-labels" label={text('FlexcordKbLabelsHelp')}>
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
      </Field>
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
      <Field
        id="flexcord-kb-template"
        label={text('FlexcordKbTemplate')}
        help={text('FlexcordKbTemplateHelp', { example: '{{member.name|there}}' })}
      >
        <TextArea
          id="flexcord-kb-template"
          ref={area}
          aria-describedby="flexcord-kb-template-help"
          dir="auto"
          maxLength={2000}
          readOnly={readOnly}
          value={template}
          onChange={(event: TextEvent) => onChange({ responseTemplate: event.target.value || null })}
        />
      </Field>
      {readOnly ? null : (
        <Row>
          {Object.keys(placeholders).map((name) => (
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
