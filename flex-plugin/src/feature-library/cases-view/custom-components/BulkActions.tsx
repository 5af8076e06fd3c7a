import type { CaseStatus, CaseSummary } from '@flexcord/shared/panel/case';
import { CASE_LIMITS, CASE_PRIORITIES, CASE_STATUSES } from '@flexcord/shared/panel/case-constants';
import type { CaseBulkAction } from '@flexcord/shared/panel/case-list';
import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import { Input } from '@twilio-paste/core/input';
import * as React from 'react';

import { Dismissable } from '../../../components/Dismissable.tsx';
import { AUTOFOCUS } from '../../../components/FocusKeeper.tsx';
import { Row } from '../../../components/Row.tsx';
import { ChoiceList } from '../../../components/view/ChoiceList.tsx';
import { useAgents } from '../../../hooks/caseQueries.ts';
import { notifyError } from '../../../utils/notifications.ts';
import { isSupervisor } from '../../../utils/permissions.ts';
import { text } from '../../../utils/strings.ts';
import { changeCases } from '../utils/caseListQueries.ts';

interface Props {
  selected: CaseSummary[];
  onDone: () => void;
}

interface BulkResult {
  done: number;
  failed: Array<{ number: number; problem: string }>;
}

/** Changes all selected cases at once, and says for which of them that failed. */
export const BulkActions = ({ selected, onDone }: Props) => {
  const [busy, setBusy] = React.useState(false);
  const [report, setReport] = React.useState<BulkResult | null>(null);
  const run = async (action: CaseBulkAction) => {
    setBusy(true);
    setReport(null);
    try {
      const results = await changeCases(
        selected.map(({ id }) => id),
        action,
      );
      const failed = results.flatMap(({ id, problem }) => {
        const number = selected.find((summary) => summary.id === id)?.number;
        return problem !== null && number !== undefined ? [{ number, problem }] : [];
      });
      setReport({ done: results.length - failed.length, failed });
      onDone();
    } catch (error) {
      notifyError(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {selected.length > 0 ? (
        <Actions count={selected.length} busy={busy} run={run} onClear={onDone} />
      ) : null}
      {report ? <BulkReport {...report} onClose={() => setReport(null)} /> : null}
    </>
  );
};

interface ActionsProps {
  count: number;
  busy: boolean;
  run: (action: CaseBulkAction) => Promise<void>;
  onClear: () => void;
}

/** What is done when it is confirmed: an arrow key on a closed list already chooses, and members are told of changes. */
interface Chosen {
  action: CaseBulkAction;
  question: string;
}

const Actions = ({ count, busy, run, onClear }: ActionsProps) => {
  const canManageAll = isSupervisor();
  const agents = useAgents(canManageAll).data?.agents ?? [];
  const [tag, setTag] = React.useState('');
  const [chosen, choose] = React.useState<Chosen | null>(null);
  const list = (label: string, options: Array<[string, string]>, pick: (value: string) => CaseBulkAction) => (
    <Box minWidth="150px">
      <ChoiceList
        label={label}
        options={options}
        disabled={busy}
        onChoose={(value, question) => choose({ action: pick(value), question })}
      />
    </Box>
  );
  return (
    <Box
      role="group"
      aria-label={text('FlexcordCasesBulk')}
      display="flex"
      flexWrap="wrap"
      alignItems="center"
      columnGap="space40"
      rowGap="space30"
      padding="space40"
      borderRadius="borderRadius30"
      backgroundColor="colorBackgroundPrimaryWeakest"
      position="sticky"
      top="space0"
      zIndex="zIndex10"
      boxShadow="shadow"
    >
      <Box as="strong" role="status">
        {text('FlexcordCasesChosen', { count })}
      </Box>
      {chosen ? (
        <Dismissable onDismiss={() => choose(null)}>
          <Row>
            <span>{chosen.question}</span>
            <Button
              {...AUTOFOCUS}
              variant={chosen.action.is === 'delete' ? 'destructive' : 'primary'}
              size="small"
              disabled={busy}
              onClick={() => void run(chosen.action).then(() => choose(null))}
            >
              {chosen.action.is === 'delete'
                ? text('FlexcordCasesDelete')
                : text('FlexcordCasesBulkChange', { count })}
            </Button>
            <Button variant="secondary" size="small" onClick={() => choose(null)}>
              {text('FlexcordCancel')}
            </Button>
          </Row>
        </Dismissable>
      ) : (
        <>
          {list(
            text('FlexcordCasesSetStatus'),
            CASE_STATUSES.map((status) => [status, text(`FlexcordStatus_${status}`)]),
            (to) => ({ is: 'transition', to: to as CaseStatus }),
          )}
          {list(
            text('FlexcordCasesSetPriority'),
            [...CASE_PRIORITIES]
              .reverse()
              .map((priority) => [priority, text(`FlexcordPriority_${priority}`)]),
            (priority) => ({ is: 'priority', priority: priority as CaseSummary['priority'] }),
          )}
          {canManageAll
            ? list(
                text('FlexcordAssignTo'),
                [
                  ['none', text('FlexcordUnassigned')],
                  ...agents.map(({ identity, name }): [string, string] => [identity, name]),
                ],
                (identity) => ({ is: 'assign', assignee: identity === 'none' ? null : identity }),
              )
            : null}
          <Box width="130px">
            <Input
              type="text"
              aria-label={text('FlexcordCasesTag')}
              placeholder={text('FlexcordCasesTag')}
              maxLength={CASE_LIMITS.tag}
              value={tag}
              onChange={(event: React.ChangeEvent<HTMLInputElement>) => setTag(event.target.value)}
            />
          </Box>
          {(['add-tag', 'remove-tag'] as const).map((is) => (
            <Button
              key={is}
              variant="secondary"
              disabled={busy || tag.trim() === ''}
              onClick={() => void run({ is, tag: tag.trim() })}
            >
              {text(`FlexcordCasesBulk_${is}`)}
            </Button>
          ))}
          {canManageAll ? (
            <Button
              variant="secondary"
              disabled={busy}
              onClick={() =>
                choose({ action: { is: 'delete' }, question: text('FlexcordCasesDeleteAsk', { count }) })
              }
            >
              {text('FlexcordCasesDelete')}
            </Button>
          ) : null}
          <Button variant="link" onClick={onClear}>
            {text('FlexcordCasesUnselect')}
          </Button>
        </>
      )}
    </Box>
  );
};

const BulkReport = ({ done, failed, onClose }: BulkResult & { onClose: () => void }) => {
  const isSuccess = failed.length === 0;
  return (
    <Box
      role={isSuccess ? 'status' : 'alert'}
      padding="space40"
      borderRadius="borderRadius30"
      display="flex"
      flexDirection="column"
      rowGap="space30"
      color={isSuccess ? 'colorTextSuccess' : 'colorTextErrorStrong'}
      backgroundColor={isSuccess ? 'colorBackgroundSuccessWeakest' : 'colorBackgroundErrorWeakest'}
    >
      <Box display="flex" justifyContent="space-between" columnGap="space40">
        <strong>
          {text('FlexcordCasesChanged', { count: done })}
          {isSuccess ? null : ` ${text('FlexcordCasesNotChanged', { count: failed.length })}`}
        </strong>
        <Button variant="link" size="small" onClick={onClose}>
          {text('FlexcordClose')}
        </Button>
      </Box>
      {isSuccess ? null : (
        <Box as="ul" margin="space0" paddingLeft="space70">
          {failed.map(({ number, problem }) => (
            <li key={number}>
              #{number}: {problem}
            </li>
          ))}
        </Box>
      )}
    </Box>
  );
};
