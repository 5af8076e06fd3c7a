import type { CaseDetail } from '@flexcord/shared/panel/case';
import { CASE_STATUSES } from '@flexcord/shared/panel/case-constants';
import { Button } from '@twilio/flex-ui';
import * as React from 'react';

import { CaseAction } from '../../actions/caseActions.ts';
import { useCase, useFields } from '../../hooks/caseQueries.ts';
import { useCaseChange } from '../../hooks/useCaseChange.ts';
import { useDraft } from '../../hooks/useDraft.ts';
import { readableFields } from '../../utils/customFields.ts';
import { formatDuration } from '../../utils/formatDuration.ts';
import { text } from '../../utils/strings.ts';
import { Chip } from '../Chip.tsx';
import { Column } from '../Column.tsx';
import { ConfirmedSelect } from '../ConfirmedSelect.tsx';
import { DefinitionList } from '../DefinitionList.tsx';
import { Dismissable } from '../Dismissable.tsx';
import { AUTOFOCUS } from '../FocusKeeper.tsx';
import { QueryState } from '../QueryState.tsx';
import { Row } from '../Row.tsx';
import { SecondaryText } from '../SecondaryText.tsx';
import { SectionHeading } from '../SectionHeading.tsx';
import { UserText } from '../UserText.tsx';
import { CaseStatusBadge } from '../view/StatusBadge.tsx';
import { CaseAssignee } from './CaseAssignee.tsx';
import { CaseConflictNotice } from './CaseConflictNotice.tsx';
import { CaseLinks } from './CaseLinks.tsx';
import { CaseTimeline } from './CaseTimeline.tsx';
import { CommentForm } from './CommentForm.tsx';
import { EditCaseForm, useDropCaseEdits } from './EditCaseForm.tsx';
import { LinkedConversations } from './LinkedConversations.tsx';

/** The statuses that the bridge tells a member of; see `bridge/src/messages/notices.ts`. */
const TOLD: ReadonlySet<string> = new Set(['elevated', 'waiting', 'resolved']);

interface Props {
  caseId: string;
  /** Label of the button that leaves the case. */
  backLabel: string;
  onBack: () => void;
}

export const CaseDetailView = ({ caseId, backLabel, onBack }: Props) => {
  const query = useCase(caseId);
  return (
    <Dismissable onDismiss={onBack}>
      <Column>
        {/* Its text, not its box, stands on the edge of what is below. */}
        <div style={{ marginLeft: -9 }}>
          <Button {...AUTOFOCUS} variant="link" size="small" onClick={onBack}>
            ← {backLabel}
          </Button>
        </div>
        <QueryState query={query}>{(detail) => <Detail detail={detail} />}</QueryState>
      </Column>
    </Dismissable>
  );
};

const Detail = ({ detail }: { detail: CaseDetail }) => {
  const [draft, setDraft] = useDraft(`comment:${detail.id}`, '');
  const dropEdits = useDropCaseEdits(detail.id);
  const [isEditing, setEditing] = React.useState(false);
  const isMerged = detail.mergedInto !== null;
  const {
    busy: isChanging,
    change,
    conflict,
    repeat,
    discard,
  } = useCaseChange(detail, (action) => {
    if (action === CaseAction.CommentOnCase) setDraft('');
    if (action === CaseAction.EditCase && isEditing) {
      dropEdits();
      setEditing(false);
    }
  });
  const definitions = useFields().data?.case ?? [];
  const busy = isChanging || isMerged;
  const properties = readableFields(detail.fields, definitions);
  if (detail.votes > 0) properties.push([text('FlexcordVotes'), String(detail.votes)]);
  if (detail.rating)
    properties.push([text('FlexcordRatingFact'), text('FlexcordRating', { rating: detail.rating })]);
  const conflictNotice = conflict ? (
    <CaseConflictNotice
      conflict={conflict}
      current={detail}
      busy={busy}
      onRepeat={repeat}
      onDiscard={discard}
    />
  ) : null;
  if (isEditing) {
    return (
      <Column gap="space50">
        {conflictNotice}
        <EditCaseForm
          detail={detail}
          busy={busy}
          onSave={(edit) => void change(CaseAction.EditCase, edit)}
          onClose={() => setEditing(false)}
        />
      </Column>
    );
  }
  return (
    <Column gap="space50">
      <Column gap="space30">
        <SectionHeading>
          <UserText as="span">
            #{detail.number} {detail.title}
          </UserText>
        </SectionHeading>
        <Row>
          <CaseStatusBadge status={detail.status} />
          <Chip>{text(`FlexcordType_${detail.type}`)}</Chip>
          <Chip strong={detail.priority === 'high'}>{text(`FlexcordPriority_${detail.priority}`)}</Chip>
          {detail.waitingSince ? (
            <Chip strong>
              {text('FlexcordWaiting', {
                duration: formatDuration(Date.now() - Date.parse(detail.waitingSince), { whole: true }),
              })}
            </Chip>
          ) : null}
          {detail.tags.map((tag) => (
            <Chip key={tag}>{tag}</Chip>
          ))}
          <Button variant="link" size="small" disabled={busy} onClick={() => setEditing(true)}>
            {text('FlexcordEdit')}
          </Button>
        </Row>
        <CaseAssignee
          detail={detail}
          busy={busy}
          onAssign={(assignee) => void change(CaseAction.EditCase, { assignee })}
        />
        <CaseLinks detail={detail} />
      </Column>
      {isMerged ? (
        <SecondaryText>{text('FlexcordMergedInto', { number: detail.mergedInto ?? 0 })}</SecondaryText>
      ) : null}
      {detail.description ? <UserText>{detail.description}</UserText> : null}
      {properties.length > 0 ? <DefinitionList items={properties} /> : null}
      {conflictNotice}
      <ConfirmedSelect
        id="flexcord-case-status"
        label={text('FlexcordStatus')}
        value={detail.status}
        disabled={busy}
        options={CASE_STATUSES.map((status) => [status, text(`FlexcordStatus_${status}`)])}
        consequence={(to) =>
          text(TOLD.has(to) ? 'FlexcordMemberIsTold' : 'FlexcordMemberIsNotTold', { name: detail.memberName })
        }
        confirm={(to) => text('FlexcordMoveTo', { status: text(`FlexcordStatus_${to}`) })}
        onConfirm={(to) => void change(CaseAction.MoveCase, { to })}
      />
      <div>
        <Button
          variant="secondary"
          size="small"
          disabled={busy}
          onClick={() => void change(CaseAction.CheckIn, {})}
        >
          {text('FlexcordCheckIn')}
        </Button>
      </div>
      <CommentForm
        draft={draft}
        busy={busy}
        onEdit={setDraft}
        onSubmit={(comment) => void change(CaseAction.CommentOnCase, comment)}
      />
      <CaseTimeline detail={detail} />
      <LinkedConversations {...detail} />
    </Column>
  );
};
