import type { CaseDetail, CaseStatus, NewCaseComment } from '@flexcord/shared/panel/case';
import { Button } from '@twilio/flex-ui';
import { Label } from '@twilio-paste/core/label';
import { Option, Select } from '@twilio-paste/core/select';
import { TextArea } from '@twilio-paste/core/textarea';
import * as React from 'react';

import { type CaseChange, useCase, useChangeCase } from '../../../utils/bridge/queries.ts';
import { text } from '../../../utils/strings.ts';
import { notifyDone, notifyFailed } from './notify.ts';
import { QueryState } from './QueryState.tsx';
import { Card, Chip, Column, formatDate, Row, SectionTitle, Weak } from './ui.tsx';

const statuses: readonly CaseStatus[] = ['open', 'elevated', 'waiting', 'resolved', 'closed'];

export const CaseDetailView = ({ caseId, onBack }: { caseId: string; onBack: () => void }) => {
  const query = useCase(caseId);
  return (
    <Column>
      <div>
        <Button variant="link" size="small" onClick={onBack}>
          ← {text('FlexcordBackToCases')}
        </Button>
      </div>
      <QueryState query={query}>{(detail) => <Detail detail={detail} />}</QueryState>
    </Column>
  );
};

const Detail = ({ detail }: { detail: CaseDetail }) => {
  const change = useChangeCase(detail.id);
  const { version } = detail;
  const make = (wanted: CaseChange, onDone?: () => void) =>
    change.mutate(wanted, {
      onSuccess: () => {
        notifyDone();
        onDone?.();
      },
      onError: notifyFailed,
    });
  return (
    <Column>
      <SectionTitle>
        #{detail.number} {detail.title}
      </SectionTitle>
      <Row>
        <Chip>{text(`FlexcordType_${detail.type}`)}</Chip>
        <Chip strong={detail.priority === 'high'}>{text(`FlexcordPriority_${detail.priority}`)}</Chip>
        {detail.tags.map((tag) => (
          <Chip key={tag}>{tag}</Chip>
        ))}
        <Weak>{detail.assigneeName ?? text('FlexcordUnassigned')}</Weak>
      </Row>
      <div style={{ whiteSpace: 'pre-wrap' }}>{detail.description}</div>
      <div>
        <Label htmlFor="flexcord-case-status">{text('FlexcordStatus')}</Label>
        <Select
          id="flexcord-case-status"
          value={detail.status}
          disabled={change.isLoading}
          onChange={(event: React.ChangeEvent<HTMLSelectElement>) =>
            make({ kind: 'transition', body: { to: event.target.value as CaseStatus, version } })
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
          disabled={change.isLoading}
          onClick={() => make({ kind: 'check-in', body: { version } })}
        >
          {text('FlexcordCheckIn')}
        </Button>
      </div>
      <CommentForm
        busy={change.isLoading}
        onSubmit={(comment, onDone) => make({ kind: 'comment', body: { ...comment, version } }, onDone)}
      />
      <Timeline detail={detail} />
    </Column>
  );
};

interface CommentProps {
  busy: boolean;
  onSubmit: (comment: Omit<NewCaseComment, 'version'>, onDone: () => void) => void;
}

const CommentForm = ({ busy, onSubmit }: CommentProps) => {
  const [draft, setDraft] = React.useState('');
  const send = (visibility: NewCaseComment['visibility']) => () =>
    onSubmit({ text: draft.trim(), visibility }, () => setDraft(''));
  const isDisabled = busy || !draft.trim();
  return (
    <Column gap="space20">
      <TextArea
        aria-label={text('FlexcordComment')}
        placeholder={text('FlexcordComment')}
        maxLength={4000}
        value={draft}
        onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) => setDraft(event.target.value)}
      />
      <Row>
        <Button variant="primary" size="small" disabled={isDisabled} onClick={send('public')}>
          {text('FlexcordCommentPublic')}
        </Button>
        <Button variant="secondary" size="small" disabled={isDisabled} onClick={send('internal')}>
          {text('FlexcordCommentInternal')}
        </Button>
      </Row>
    </Column>
  );
};

const Timeline = ({ detail }: { detail: CaseDetail }) => (
  <Column gap="space30">
    <SectionTitle>{text('FlexcordTimeline')}</SectionTitle>
    {detail.timeline.map((event) => (
      <Card key={event.id}>
        <Weak>
          {text(`FlexcordEvent_${event.kind}`)} · {event.actorName} · {formatDate(event.at, true)}
        </Weak>
        <div style={{ whiteSpace: 'pre-wrap' }}>{event.text}</div>
      </Card>
    ))}
  </Column>
);
