import type { ArticleContent, LibraryArticle } from '@flexcord/shared/panel/library';
import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { Column } from '../../../components/Column.tsx';
import { Row } from '../../../components/Row.tsx';
import { SectionHeading } from '../../../components/SectionHeading.tsx';
import { formatDate } from '../../../utils/format.ts';
import { text } from '../../../utils/strings.ts';
import { type ContentField, differingFields, normalize } from '../utils/articleContent.ts';
import type { Draft } from '../utils/drafts.ts';
import { FieldValue, fieldLabel } from './ArticleFieldValue.tsx';

type Side = 'draft' | 'saved';

interface Props {
  draft: Draft;
  saved: LibraryArticle;
  onResolve: (content: ArticleContent) => void;
}

/**
 * Shows the draft beside the version that somebody else saved meanwhile, to choose from field by field. Fields that only
 * one of them changed are already chosen.
 */
export const ArticleConflict = ({ draft, saved, onResolve }: Props) => {
  const [chosen, setChosen] = React.useState<Partial<Record<ContentField, Side>>>({});
  const fields = differingFields(draft.content, saved.content);
  const changedInDraft = differingFields(draft.content, draft.base);
  const sideOf = (field: ContentField): Side =>
    chosen[field] ?? (changedInDraft.includes(field) ? 'draft' : 'saved');
  const resolve = () => {
    const fromDraft = fields.filter((field) => sideOf(field) === 'draft');
    const draftContent = normalize(draft.content);
    onResolve({
      ...saved.content,
      ...Object.fromEntries(fromDraft.map((field) => [field, draftContent[field]])),
    });
  };
  return (
    <Box
      as="section"
      aria-label={text('FlexcordKbConflict', { name: saved.changedBy })}
      padding="space50"
      borderWidth="borderWidth10"
      borderStyle="solid"
      borderColor="colorBorderWarning"
      borderRadius="borderRadius30"
    >
      <Column>
        <Box role="alert">
          <SectionHeading>{text('FlexcordKbConflict', { name: saved.changedBy })}</SectionHeading>
          {text('FlexcordKbConflictHelp', { date: formatDate(saved.changedAt, true) })}
        </Box>
        {fields.map((field) => (
          <div key={field} role="radiogroup" aria-label={fieldLabel(field)}>
            <Box fontWeight="fontWeightSemibold" marginBottom="space20" aria-hidden="true">
              {fieldLabel(field)}
            </Box>
            <Box display="grid" gridTemplateColumns="minmax(0, 1fr) minmax(0, 1fr)" columnGap="space40">
              {(['saved', 'draft'] as const).map((side) => (
                <VersionOption
                  key={side}
                  name={`flexcord-kb-conflict-${field}`}
                  label={text(
                    side === 'draft' ? 'FlexcordKbMine' : 'FlexcordKbTheirs',
                    side === 'draft' ? {} : { name: saved.changedBy },
                  )}
                  isChosen={sideOf(field) === side}
                  onChoose={() => setChosen({ ...chosen, [field]: side })}
                >
                  <FieldValue content={side === 'draft' ? draft.content : saved.content} field={field} />
                </VersionOption>
              ))}
            </Box>
          </div>
        ))}
        <Row>
          <Button variant="primary" size="small" onClick={resolve}>
            {text('FlexcordKbConflictSettle')}
          </Button>
          <Button variant="secondary" size="small" onClick={() => onResolve(saved.content)}>
            {text('FlexcordKbConflictDrop')}
          </Button>
        </Row>
      </Column>
    </Box>
  );
};

interface OptionProps {
  name: string;
  label: string;
  isChosen: boolean;
  onChoose: () => void;
}

const VersionOption: React.FC<OptionProps> = ({ name, label, isChosen, onChoose, children }) => (
  <Box
    as="label"
    display="block"
    padding="space40"
    borderWidth="borderWidth10"
    borderStyle="solid"
    borderColor={isChosen ? 'colorBorderPrimary' : 'colorBorderWeaker'}
    backgroundColor={isChosen ? 'colorBackgroundPrimaryWeakest' : 'colorBackgroundBody'}
    borderRadius="borderRadius20"
    cursor="pointer"
  >
    <Box marginBottom="space20">
      <input type="radio" name={name} aria-label={label} checked={isChosen} onChange={onChoose} />{' '}
      <bdi>{label}</bdi>
    </Box>
    {children}
  </Box>
);
