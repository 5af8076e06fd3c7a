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

type Side = 'mine' | 'theirs';

interface Props {
  mine: Draft;
  theirs: LibraryArticle;
  onSettle: (content: ArticleContent) => void;
}

/**
 * Somebody else saved the article while this one was written: both versions beside each other, to choose from field by
 * field. What only one of the two has changed is chosen already.
 */
export const ArticleConflict = ({ mine, theirs, onSettle }: Props) => {
  const [chosen, setChosen] = React.useState<Partial<Record<ContentField, Side>>>({});
  const fields = differingFields(mine.content, theirs.content);
  const touched = differingFields(mine.content, mine.base);
  const sideOf = (field: ContentField): Side =>
    chosen[field] ?? (touched.includes(field) ? 'mine' : 'theirs');
  const settle = () => {
    const taken = fields.filter((field) => sideOf(field) === 'mine');
    const own = normalize(mine.content);
    onSettle({
      ...theirs.content,
      ...Object.fromEntries(taken.map((field) => [field, own[field]])),
    });
  };
  return (
    <Box
      as="section"
      aria-label={text('FlexcordKbConflict', { name: theirs.changedBy })}
      padding="space50"
      borderWidth="borderWidth10"
      borderStyle="solid"
      borderColor="colorBorderWarning"
      borderRadius="borderRadius30"
    >
      <Column>
        <Box role="alert">
          <SectionHeading>{text('FlexcordKbConflict', { name: theirs.changedBy })}</SectionHeading>
          {text('FlexcordKbConflictHelp', { date: formatDate(theirs.changedAt, true) })}
        </Box>
        {fields.map((field) => (
          <div key={field} role="radiogroup" aria-label={fieldLabel(field)}>
            <Box fontWeight="fontWeightSemibold" marginBottom="space20" aria-hidden="true">
              {fieldLabel(field)}
            </Box>
            <Box display="grid" gridTemplateColumns="minmax(0, 1fr) minmax(0, 1fr)" columnGap="space40">
              {(['theirs', 'mine'] as const).map((side) => (
                <Option
                  key={side}
                  name={`flexcord-kb-conflict-${field}`}
                  label={text(
                    side === 'mine' ? 'FlexcordKbMine' : 'FlexcordKbTheirs',
                    side === 'mine' ? {} : { name: theirs.changedBy },
                  )}
                  isChosen={sideOf(field) === side}
                  onChoose={() => setChosen({ ...chosen, [field]: side })}
                >
                  <FieldValue content={side === 'mine' ? mine.content : theirs.content} field={field} />
                </Option>
              ))}
            </Box>
          </div>
        ))}
        <Row>
          <Button variant="primary" size="small" onClick={settle}>
            {text('FlexcordKbConflictSettle')}
          </Button>
          <Button variant="secondary" size="small" onClick={() => onSettle(theirs.content)}>
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

const Option: React.FC<OptionProps> = ({ name, label, isChosen, onChoose, children }) => (
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
