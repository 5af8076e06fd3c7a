import type { CaseDetail, CaseStatus } from '@flexcord/shared/panel/case';
import { Button } from '@twilio/flex-ui';
import { Label } from '@twilio-paste/core/label';
import { Option, Select } from '@twilio-paste/core/select';
import * as React from 'react';

import { useCase, useFields } from '../../../utils/bridge/queries.ts';
import { text } from '../../../utils/strings.ts';
import { useDraft } from '../../../utils/useDraft.ts';
import { PanelAction } from '../flex-hooks/actions/names.ts';
import { readableFields } from '../utils/fields.ts';
import { useChangeCase } from '../utils/useChangeCase.ts';
import { Assignee } from './Assignee.tsx';
import { CaseConflictNotice } from './CaseConflictNotice.tsx';
import { CaseTimeline } from './CaseTimeline.tsx';
import { CommentForm } from './CommentForm.tsx';
import { Facts } from './Facts.tsx';
import { LinkedConversations } from './LinkedConversations.tsx';
import { QueryState } from './QueryState.tsx';
import { Chip, Column, Row, SectionTitle, Weak } from './ui.tsx';
import { Words } from './Words.tsx';

const statuses: readonly CaseStatus[] = ['open', 'elevated', 'waiting', 'resolved', 'closed'];

interface Props {
  caseId: string;
  /** What leads away from it is called. */
  back: string;
  onBack: () => void;
}

export const CaseDetailView = ({ caseId, back, onBack }: Props) => {
  const query = useCase(caseId);
  return (
    <Column>
      <div>
        <Button variant="link" size="small" onClick={onBack}>
          ← {back}
        </Button>
      </div>
      <QueryState query={query}>{(detail) => <Detail detail={detail} />}</QueryState>
    </Column>
  );
};

const Detail = ({ detail }: { detail: CaseDetail }) => {
  const [draft, setDraft] = useDraft(`comment:${detail.id}`, '');
  const isMerged = detail.mergedInto !== null;
  const {
    busy: isChanging,
    change,
    conflict,
    again,
    drop,
  } = useChangeCase(detail, (action) => {
    if (action === PanelAction.CommentOnCase) setDraft('');
  });
  const definitions = useFields().data?.case ?? [];
  const busy = isChanging || isMerged;
  const facts = readableFields(detail.fields, definitions);
  if (detail.votes > 0) facts.push([text('FlexcordVotes'), String(detail.votes)]);
  if (detail.rating)
    facts.push([text('FlexcordRatingFact'), text('FlexcordRating', { rating: detail.rating })]);
  return (
    <Column gap="space50">
      <Column gap="space30">
        <SectionTitle>
          <Words as="span">
            #{detail.number} {detail.title}
          </Words>
        </SectionTitle>
        <Row>
          <Chip>{text(`FlexcordType_${detail.type}`)}</Chip>
          <Chip strong={detail.priority === 'high'}>{text(`FlexcordPriority_${detail.priority}`)}</Chip>
          {detail.tags.map((tag) => (
            <Chip key={tag}>{tag}</Chip>
          ))}
        </Row>
        <Assignee
          detail={detail}
          busy={busy}
          onAssign={(assignee) => void change(PanelAction.EditCase, { assignee })}
        />
      </Column>
      {isMerged ? <Weak>{text('FlexcordMergedInto', { number: detail.mergedInto ?? 0 })}</Weak> : null}
      {detail.description ? <Words>{detail.description}</Words> : null}
      {facts.length > 0 ? <Facts facts={facts} /> : null}
      {conflict ? (
        <CaseConflictNotice conflict={conflict} present={detail} busy={busy} onAgain={again} onDrop={drop} />
      ) : null}
      <div>
        <Label htmlFor="flexcord-case-status">{text('FlexcordStatus')}</Label>
        <Select
          id="flexcord-case-status"
          value={detail.status}
          disabled={busy}
          onChange={(event: React.ChangeEvent<HTMLSelectElement>) =>
            void change(PanelAction.MoveCase, { to: event.target.value as CaseStatus })
          }
        >
          {statuses.map((status) => (
            <Option key={status} value={status}>
              {text(`FlexcordStatus_${status}`)}
            </Option>
          ))}
        </Select>
      </div>
      <div>
        <Button
          variant="secondary"
          size="small"
          disabled={busy}
          onClick={() => void change(PanelAction.CheckIn, {})}
        >
          {text('FlexcordCheckIn')}
        </Button>
      </div>
      <CommentForm
        draft={draft}
        busy={busy}
        onEdit={setDraft}
        onSubmit={(comment) => void change(PanelAction.CommentOnCase, comment)}
      />
      <CaseTimeline detail={detail} />
      <LinkedConversations {...detail} />
    </Column>
  );
};
