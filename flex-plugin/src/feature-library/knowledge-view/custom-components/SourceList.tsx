import type { LibrarySource, LibrarySources } from '@flexcord/shared/panel/library-sources';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { Badge } from '../../../components/Badge.tsx';
import { Callout } from '../../../components/Callout.tsx';
import { Card } from '../../../components/Card.tsx';
import { Column } from '../../../components/Column.tsx';
import { QueryState } from '../../../components/QueryState.tsx';
import { Row } from '../../../components/Row.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { UserText } from '../../../components/UserText.tsx';
import type { Variant } from '../../../components/variants.ts';
import { EmptyState } from '../../../components/view/EmptyState.tsx';
import { Time } from '../../../components/view/Time.tsx';
import { formatDate, formatNumber } from '../../../utils/format.ts';
import { text } from '../../../utils/strings.ts';
import { decideWithdrawals, readSource, removeSource, useSources } from '../utils/sourceQueries.ts';
import { ActButton } from './ActButton.tsx';
import { ProposalList } from './ProposalList.tsx';
import { SourceForm } from './SourceForm.tsx';
import { SourceReport } from './SourceReport.tsx';

const variants: Record<LibrarySource['state'], Variant> = {
  new: 'neutral',
  working: 'success',
  failing: 'error',
  held: 'warning',
  reading: 'progress',
};

/** Places that articles are read from again and again: how each fares, and what waits for somebody's word. */
export const SourceList = () => (
  <Column>
    <SecondaryText>{text('FlexcordKbSourcesHelp')}</SecondaryText>
    <QueryState query={useSources()} isEmpty={() => false} emptyText={null}>
      {(found) => <Sources found={found} />}
    </QueryState>
  </Column>
);

const Sources = ({ found: { sources, proposals, total, allowedHosts } }: { found: LibrarySources }) => (
  <Column>
    {sources.length === 0 ? (
      <EmptyState heading={text('FlexcordKbNoSources')}>{text('FlexcordKbNoSourcesHelp')}</EmptyState>
    ) : null}
    {sources.map((source) => (
      <SourceCard key={source.id} source={source} />
    ))}
    <ProposalList proposals={proposals} total={total} />
    <SourceForm allowedHosts={allowedHosts} />
  </Column>
);

const SourceCard = ({ source }: { source: LibrarySource }) => {
  const { id, kind, place, state, rule, articles, readAt, nextAt, error, failures, report } = source;
  return (
    <Card>
      <Box
        as="section"
        aria-label={place}
        display="flex"
        alignItems="flex-start"
        flexWrap="wrap"
        columnGap="space50"
        rowGap="space30"
      >
        <Box flexGrow={1} minWidth="0" flexBasis="320px">
          <Column gap="space20">
            <UserText as="strong">{place}</UserText>
            <Row>
              <Badge variant={variants[state]}>{text(`FlexcordKbSourceState_${state}`)}</Badge>
              <Badge>{text(`FlexcordKbSourceKind_${kind}`)}</Badge>
              <SecondaryText>
                {text('FlexcordKbSourceRuleIs', { rule: text(`FlexcordKbSourceRule_${rule}`) })}
              </SecondaryText>
            </Row>
            <SecondaryText>
              {text('FlexcordKbSourceArticles', { count: articles })} · {text('FlexcordKbSourceRead')}{' '}
              {readAt === null ? '–' : <Time at={readAt} />} · {text('FlexcordKbSourceNext')}{' '}
              {formatDate(nextAt, true)}
            </SecondaryText>
          </Column>
        </Box>
        <Row>
          <ActButton act={() => readSource(id)}>{text('FlexcordKbReadNow')}</ActButton>
          <ActButton variant="link" act={() => removeSource(id)}>
            {text('FlexcordKbRemoveSource')}
          </ActButton>
        </Row>
      </Box>
      {error === null ? null : (
        <Box marginTop="space30">
          <Callout variant="error">
            <bdi>{text('FlexcordKbSourceError', { times: formatNumber(failures), reason: error })}</bdi>
          </Callout>
        </Box>
      )}
      {state === 'held' ? (
        <Box marginTop="space30">
          <Callout variant="warning">
            <Column gap="space30">
              <span>{text('FlexcordKbHeld')}</span>
              <Row>
                <ActButton act={() => decideWithdrawals(id, true)}>{text('FlexcordKbWithdrawAll')}</ActButton>
                <ActButton act={() => decideWithdrawals(id, false)}>{text('FlexcordKbKeepAll')}</ActButton>
              </Row>
            </Column>
          </Callout>
        </Box>
      ) : null}
      {report === null ? null : <SourceReport report={report} />}
    </Card>
  );
};
