import type {
  ArticleContent,
  LibraryArticle,
  ArticleVersions as Versions,
} from '@flexcord/shared/panel/library';
import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';
import { Paged } from '../../discord-panel/custom-components/Paged.tsx';
import { Card, Column, formatDate, Row, Weak } from '../../discord-panel/custom-components/ui.tsx';
import { differingFields } from '../utils/content.ts';
import { mayWrite, useVersions } from '../utils/library.ts';
import type { ArticleEditing } from '../utils/useArticleEditing.ts';
import { FieldValue, fieldLabel } from './ContentFields.tsx';
import { formatNumber, Tag, TextButton } from './parts.tsx';

type Version = Versions['versions'][number];

/** What the article said before, to be looked at and made valid again. */
export const ArticleVersions = ({
  article,
  editing,
}: {
  article: LibraryArticle;
  editing: ArticleEditing;
}) => (
  <Paged
    query={useVersions(article.id)}
    itemsOf={({ versions }) => versions}
    emptyText={text('FlexcordKbNoVersions')}
  >
    {(version) => (
      <VersionCard
        key={version.version}
        version={version}
        present={article.content}
        canRestore={mayWrite() && !article.deleted && !editing.busy}
        onRestore={() => editing.restore(version.version)}
      />
    )}
  </Paged>
);

interface Props {
  version: Version;
  present: ArticleContent;
  canRestore: boolean;
  onRestore: () => void;
}

const VersionCard = ({ version, present, canRestore, onRestore }: Props) => {
  const [isOpen, setOpen] = React.useState(false);
  const fields = differingFields(version.content, present);
  const isPresent = fields.length === 0;
  const name = text('FlexcordKbVersion', { number: formatNumber(version.version) });
  return (
    <Card>
      <Column gap="space20">
        <Row>
          <strong>{name}</strong>
          {isPresent ? <Tag>{text('FlexcordKbPresentVersion')}</Tag> : null}
        </Row>
        <Weak>
          <bdi>{text('FlexcordKbByAt', { name: version.by, date: formatDate(version.at, true) })}</bdi>
        </Weak>
        {isPresent ? null : (
          <>
            <Weak>{text('FlexcordKbDifferentIn', { fields: fields.map(fieldLabel).join(', ') })}</Weak>
            {isOpen
              ? fields.map((field) => (
                  <div key={field}>
                    <Box fontWeight="fontWeightSemibold">{fieldLabel(field)}</Box>
                    <FieldValue content={version.content} field={field} />
                  </div>
                ))
              : null}
            <Row>
              <TextButton
                label={`${text(isOpen ? 'FlexcordKbHide' : 'FlexcordKbShow')}: ${name}`}
                onClick={() => setOpen(!isOpen)}
              >
                {text(isOpen ? 'FlexcordKbHide' : 'FlexcordKbShow')}
              </TextButton>
              {canRestore ? (
                <Button variant="secondary" size="small" onClick={onRestore}>
                  {text('FlexcordKbRestore')}
                </Button>
              ) : null}
            </Row>
          </>
        )}
      </Column>
    </Card>
  );
};
