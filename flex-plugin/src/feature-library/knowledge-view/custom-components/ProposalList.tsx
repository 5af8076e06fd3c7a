import type { SourceProposal } from '@flexcord/shared/panel/library-sources';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { Badge } from '../../../components/Badge.tsx';
import { Card } from '../../../components/Card.tsx';
import { Column } from '../../../components/Column.tsx';
import { Row } from '../../../components/Row.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { SectionHeading } from '../../../components/SectionHeading.tsx';
import { TextButton } from '../../../components/TextButton.tsx';
import { Time } from '../../../components/view/Time.tsx';
import { formatNumber } from '../../../utils/format.ts';
import { text } from '../../../utils/strings.ts';
import { type ContentField, contentFields, differingFields } from '../utils/articleContent.ts';
import { navigateTo } from '../utils/navigation.ts';
import { decideProposal } from '../utils/sourceQueries.ts';
import { ActButton } from './ActButton.tsx';
import { FieldValue, fieldLabel } from './ArticleFieldValue.tsx';

/** Fields that a source may leave to whoever keeps the article here. */
const OWN_FIELDS: readonly ContentField[] = ['owner', 'reviewOn'];

/** Articles that their source has changed or withdrawn, and that somebody has to decide about. */
export const ProposalList = ({ proposals, total }: { proposals: SourceProposal[]; total: number }) =>
  total === 0 ? null : (
    <Column gap="space30">
      <SectionHeading>{text('FlexcordKbProposals', { count: formatNumber(total) })}</SectionHeading>
      {proposals.map((proposal) => (
        <ProposalCard key={proposal.articleId} proposal={proposal} />
      ))}
      {total > proposals.length ? (
        <SecondaryText>
          {text('FlexcordKbMoreGaps', { shown: formatNumber(proposals.length), total: formatNumber(total) })}
        </SecondaryText>
      ) : null}
    </Column>
  );

const ProposalCard = ({
  proposal: { articleId, kind, why, at, article, content },
}: {
  proposal: SourceProposal;
}) => {
  const { title } = article.content;
  const decide = (accept: boolean) => () => decideProposal({ articleId, accept, version: article.version });
  const fields = content === null ? [] : changedFields(article.content, content);
  return (
    <Card>
      <Box as="section" aria-label={title}>
        <Column gap="space30">
          <Row>
            <TextButton strong onClick={() => navigateTo({ name: 'article', key: articleId })}>
              {title}
            </TextButton>
            <Badge variant={kind === 'withdrawn' ? 'error' : 'progress'}>
              {text(`FlexcordKbProposal_${kind}`)}
            </Badge>
            <SecondaryText>
              {text(`FlexcordKbProposalWhy_${why}`)} · <Time at={at} />
            </SecondaryText>
          </Row>
          {fields.map((field) => (
            <div key={field}>
              <Box fontWeight="fontWeightSemibold">{fieldLabel(field)}</Box>
              <Box display="grid" gridTemplateColumns="minmax(0, 1fr) minmax(0, 1fr)" columnGap="space40">
                <Version label={text('FlexcordKbHere')}>
                  <FieldValue content={article.content} field={field} />
                </Version>
                <Version label={text('FlexcordKbThere')}>
                  {content ? <FieldValue content={content} field={field} /> : null}
                </Version>
              </Box>
            </div>
          ))}
          <Row>
            <ActButton variant="primary" act={decide(true)}>
              {text(kind === 'withdrawn' ? 'FlexcordKbUnpublish' : 'FlexcordKbTakeThere')}
            </ActButton>
            <ActButton act={decide(false)}>{text('FlexcordKbKeepHere')}</ActButton>
          </Row>
        </Column>
      </Box>
    </Card>
  );
};

const Version: React.FC<{ label: string }> = ({ label, children }) => (
  <div>
    <SecondaryText>{label}</SecondaryText>
    {children}
  </div>
);

function changedFields(here: SourceProposal['article']['content'], there: typeof here): ContentField[] {
  const differing = differingFields(here, there);
  return contentFields.filter(
    (field) => differing.includes(field) && !(OWN_FIELDS.includes(field) && there[field] === undefined),
  );
}
