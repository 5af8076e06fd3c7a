import type {
  ArticleContent,
  LibraryArticle,
  ArticleVersions as Versions,
} from '@flexcord/shared/panel/library';
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
import { formatDate, formatNumber } from '../../../utils/format.ts';
import { isSupervisor } from '../../../utils/permissions.ts';
import { text } from '../../../utils/strings.ts';
import { differingFields } from '../utils/articleContent.ts';
import { useVersions } from '../utils/libraryQueries.ts';
import type { ArticleEditing } from '../utils/useArticleEditing.ts';
import { FieldValue, fieldLabel } from './ArticleFieldValue.tsx';

type Version = Versions['versions'][number];

/** Earlier versions of an article, to read and to restore. */
export const ArticleVersions = ({
  article,
  editing,
}: {
  article: LibraryArticle;
  editing: ArticleEditing;
}) => (
  <PagedList
    query={useVersions(article.id)}
    itemsOf={({ versions }) => versions}
    emptyText={text('FlexcordKbNoVersions')}
  >
    {(version) => (
      <VersionCard
        key={version.version}
        version={version}
        current={article.content}
        canRestore={isSupervisor() && !article.deleted && !editing.busy}
        onRestore={() => editing.restore(version.version)}
      />
    )}
  </PagedList>
);

interface Props {
  version: Version;
  current: ArticleContent;
  canRestore: boolean;
  onRestore: () => void;
}

const VersionCard = ({ version, current, canRestore, onRestore }: Props) => {
  const [isOpen, setOpen] = React.useState(false);
  const fields = differingFields(version.content, current);
  const isCurrent = fields.length === 0;
  const name = text('FlexcordKbVersion', { number: formatNumber(version.version) });
  return (
    <Card>
      <Column gap="space20">
        <Row>
          <strong>{name}</strong>
          {isCurrent ? <Badge>{text('FlexcordKbPresentVersion')}</Badge> : null}
        </Row>
        <SecondaryText>
          <bdi>{text('FlexcordKbByAt', { name: version.by, date: formatDate(version.at, true) })}</bdi>
        </SecondaryText>
        {isCurrent ? null : (
          <>
            <SecondaryText>
              {text('FlexcordKbDifferentIn', { fields: fields.map(fieldLabel).join(', ') })}
            </SecondaryText>
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
