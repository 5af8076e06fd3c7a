import type { ParkedEntry } from '@flexcord/shared/panel/operations';
import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { Badge } from '../../../components/Badge.tsx';
import { Card } from '../../../components/Card.tsx';
import { Column } from '../../../components/Column.tsx';
import { PagedList } from '../../../components/PagedList.tsx';
import { Row } from '../../../components/Row.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { UserText } from '../../../components/UserText.tsx';
import { formatDate } from '../../../utils/format.ts';
import { notifyError, notifySuccess } from '../../../utils/notifications.ts';
import { text } from '../../../utils/strings.ts';
import { discardParked, retryParked, useParked } from '../utils/operationsQueries.ts';

/** What was given up, with what can be done about it. */
export const ParkedList = () => (
  <PagedList
    query={useParked()}
    itemsOf={(page) => page.entries}
    emptyText={text('FlexcordOpsNothingParked')}
  >
    {(entry) => <ParkedCard key={entry.id} entry={entry} />}
  </PagedList>
);

const ParkedCard = ({ entry }: { entry: ParkedEntry }) => {
  const [busy, setBusy] = React.useState(false);
  const [isAsking, setAsking] = React.useState(false);
  const { id, group, reason, detail, kind, member, caseNumber, createdAt, parkedAt, trace } = entry;
  const name = member?.name ?? text('FlexcordOpsNobody');
  const run = (change: (id: number) => Promise<void>) => {
    setBusy(true);
    void change(id)
      .then(() => notifySuccess(), notifyError)
      .then(() => setBusy(false));
  };
  return (
    <Card>
      <Box
        as="article"
        aria-label={`${name}: ${text(`FlexcordOpsReason_${reason}`)}`}
        display="flex"
        flexWrap="wrap"
        alignItems="flex-start"
        columnGap="space60"
        rowGap="space40"
      >
        <Box flexGrow={1} flexBasis="420px" minWidth="0">
          <Column gap="space20">
            <Row>
              <UserText as="strong">{name}</UserText>
              {caseNumber === null ? null : (
                <Badge>{text('FlexcordOpsCase', { number: String(caseNumber) })}</Badge>
              )}
              <Badge>{text(`FlexcordOpsGroup_${group}`)}</Badge>
            </Row>
            <span>{text(`FlexcordOpsReason_${reason}`)}</span>
            <SecondaryText>
              {text('FlexcordOpsTimesOf', {
                created: formatDate(createdAt, true),
                parked: formatDate(parkedAt, true),
              })}
            </SecondaryText>
            <SecondaryText>
              <bdi lang="en">
                {kind} · {detail}
                {trace === null ? null : ` · ${trace}`}
              </bdi>
            </SecondaryText>
          </Column>
        </Box>
        {isAsking ? (
          <DiscardQuestion
            busy={busy}
            onDiscard={() => run(discardParked)}
            onCancel={() => setAsking(false)}
          />
        ) : (
          <Row>
            <Button variant="secondary" size="small" disabled={busy} onClick={() => run(retryParked)}>
              {text('FlexcordOpsRetry')}
            </Button>
            <Button variant="secondary" size="small" disabled={busy} onClick={() => setAsking(true)}>
              {text('FlexcordOpsDiscard')}
            </Button>
          </Row>
        )}
      </Box>
    </Card>
  );
};

interface QuestionProps {
  busy: boolean;
  onDiscard: () => void;
  onCancel: () => void;
}

/** Takes the focus, since the button that was pressed is gone; Escape cancels. */
const DiscardQuestion = ({ busy, onDiscard, onCancel }: QuestionProps) => {
  const group = React.useRef<HTMLElement>(null);
  React.useLayoutEffect(() => group.current?.focus(), []);
  return (
    <Box
      ref={group}
      role="group"
      tabIndex={-1}
      aria-label={text('FlexcordOpsDiscardAsk')}
      onKeyDown={(event: React.KeyboardEvent) => {
        if (event.key === 'Escape') onCancel();
      }}
      maxWidth="360px"
      padding="space30"
      borderRadius="borderRadius20"
      _focus={{ boxShadow: 'shadowFocus', outline: 'none' }}
    >
      <Column gap="space30">
        <span>{text('FlexcordOpsDiscardAsk')}</span>
        <Row>
          <Button variant="destructive" size="small" disabled={busy} onClick={onDiscard}>
            {text('FlexcordOpsDiscard')}
          </Button>
          <Button variant="secondary" size="small" disabled={busy} onClick={onCancel}>
            {text('FlexcordCancel')}
          </Button>
        </Row>
      </Column>
    </Box>
  );
};
