import type {
  CommunityAction,
  CommunityPost,
  CommunityPostDetail,
  PostTag,
} from '@flexcord/shared/panel/community';
import { Button, Manager } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { Dismissable } from '../../../components/Dismissable.tsx';
import { AUTOFOCUS } from '../../../components/FocusKeeper.tsx';
import { Row } from '../../../components/Row.tsx';
import { ChoiceList } from '../../../components/view/ChoiceList.tsx';
import { useAgents } from '../../../hooks/caseQueries.ts';
import { notifyError } from '../../../utils/notifications.ts';
import { text } from '../../../utils/strings.ts';
import { actOnPosts, useOverview } from '../utils/communityQueries.ts';
import { MergeChoice } from './MergeChoice.tsx';

interface Props {
  posts: CommunityPost[];
  /** Of the post whose details are open. */
  detail?: CommunityPostDetail;
  /** Several are chosen in a list; this unticks them. */
  onClear?: () => void;
}

interface Failed {
  id: string;
  title: string;
  problem: string;
}

/** Changes posts, one or all that are ticked, and says for which of them that failed. */
export const PostActions = ({ posts, detail, onClear }: Props) => {
  const [busy, setBusy] = React.useState(false);
  const [report, setReport] = React.useState<{ done: number; failed: Failed[] } | null>(null);
  const run = async (action: CommunityAction) => {
    setBusy(true);
    setReport(null);
    try {
      const results = await actOnPosts(
        posts.map(({ id }) => id),
        action,
      );
      const failed = results.flatMap(({ id, problem }) => {
        const title = posts.find((post) => post.id === id)?.title ?? id;
        return problem === null ? [] : [{ id, title, problem }];
      });
      setReport({ done: results.length - failed.length, failed });
      onClear?.();
    } catch (error) {
      notifyError(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {posts.length > 0 ? (
        <Actions posts={posts} detail={detail} busy={busy} run={run} onClear={onClear} />
      ) : null}
      {report ? <Report {...report} onClose={() => setReport(null)} /> : null}
    </>
  );
};

interface ActionsProps extends Omit<Props, 'detail'> {
  detail: CommunityPostDetail | undefined;
  busy: boolean;
  run: (action: CommunityAction) => Promise<void>;
  onClear: (() => void) | undefined;
}

/** What is done when it is confirmed: an arrow key on a closed list already chooses, and everybody reads what follows. */
interface Chosen {
  action: CommunityAction;
  question: string;
}

const Actions = ({ posts, detail, busy, run, onClear }: ActionsProps) => {
  const count = posts.length;
  const [chosen, choose] = React.useState<Chosen | null>(null);
  const [isMerging, setMerging] = React.useState(false);
  const agents = useAgents(true).data?.agents ?? [];
  const tags = useTags(posts, detail);
  const own = Manager.getInstance().user.identity;
  const confirm = (action: CommunityAction) => void run(action).then(() => choose(null));
  const list = (
    label: string,
    options: Array<[value: string, label: string]>,
    pick: (value: string) => CommunityAction,
  ) => (
    <Box width="150px">
      <ChoiceList
        label={label}
        options={options}
        disabled={busy}
        onChoose={(value, question) => choose({ action: pick(value), question })}
      />
    </Box>
  );
  const has = (state: CommunityPost['state']) => posts.some((post) => post.state === state);
  const steps = [
    ...(has('open') ? ['bring', 'solve', 'close'] : []),
    ...(has('solved') || has('closed') ? ['reopen'] : []),
    'bug',
    'feature',
  ];
  return (
    <Box
      role="group"
      aria-label={text('FlexcordCommunityActions')}
      display="flex"
      flexWrap="wrap"
      alignItems="center"
      columnGap="space30"
      rowGap="space30"
      {...(onClear
        ? {
            padding: 'space40' as const,
            borderRadius: 'borderRadius30' as const,
            backgroundColor: 'colorBackgroundPrimaryWeakest' as const,
            position: 'sticky' as const,
            top: 'space0' as const,
            zIndex: 'zIndex10' as const,
            boxShadow: 'shadow' as const,
          }
        : {})}
    >
      {onClear ? (
        <Box as="strong" role="status">
          {text('FlexcordCasesChosen', { count })}
        </Box>
      ) : null}
      {isMerging ? (
        <MergeChoice
          posts={posts}
          similar={detail?.similar ?? []}
          busy={busy}
          onMerge={(into) => void run({ is: 'merge', into }).then(() => setMerging(false))}
          onCancel={() => setMerging(false)}
        />
      ) : chosen ? (
        <Dismissable onDismiss={() => choose(null)}>
          <Row>
            <span>{chosen.question}</span>
            <Button
              {...AUTOFOCUS}
              variant="primary"
              size="small"
              disabled={busy}
              onClick={() => confirm(chosen.action)}
            >
              {text('FlexcordCommunityChange', { count })}
            </Button>
            <Button variant="secondary" size="small" onClick={() => choose(null)}>
              {text('FlexcordCancel')}
            </Button>
          </Row>
        </Dismissable>
      ) : (
        <>
          {posts.every(({ assignee }) => assignee?.identity === own) ? null : (
            <Button
              variant="primary"
              disabled={busy}
              onClick={() => void run({ is: 'assign', assignee: own })}
            >
              {text('FlexcordCommunityTake')}
            </Button>
          )}
          {list(
            text('FlexcordAssignTo'),
            [
              ['none', text('FlexcordUnassigned')],
              ...agents.map(({ identity, name }): [string, string] => [identity, name]),
            ],
            (identity) => ({ is: 'assign', assignee: identity === 'none' ? null : identity }),
          )}
          {tags.length > 0
            ? list(text('FlexcordCommunityTag'), tags, (value) => {
                const [what, id = ''] = value.split(':');
                return { is: 'tag', add: what === 'add' ? [id] : [], remove: what === 'add' ? [] : [id] };
              })
            : null}
          {list(
            text('FlexcordCommunityStep'),
            steps.map((step) => [step, text(`FlexcordCommunityStep_${step}`)]),
            (step) =>
              step === 'bug' || step === 'feature'
                ? { is: 'convert', type: step }
                : step === 'solve'
                  ? { is: 'solve', messageId: null }
                  : { is: step as 'bring' | 'close' | 'reopen' },
          )}
          {has('open') ? (
            <Button variant="secondary" disabled={busy} onClick={() => setMerging(true)}>
              {text('FlexcordCommunityMerge')}
            </Button>
          ) : null}
          {onClear ? (
            <Button variant="link" onClick={onClear}>
              {text('FlexcordCasesUnselect')}
            </Button>
          ) : null}
        </>
      )}
    </Box>
  );
};

/** What can be done with tags: of one post what fits it, of several what their one channel has. */
function useTags(
  posts: CommunityPost[],
  detail: CommunityPostDetail | undefined,
): Array<[value: string, label: string]> {
  const { channels = [] } = useOverview().data ?? {};
  const [first] = posts;
  const isOneChannel = posts.every(({ channelId }) => channelId === first?.channelId);
  const all: PostTag[] =
    detail?.possibleTags ??
    (isOneChannel ? (channels.find(({ id }) => id === first?.channelId)?.tags ?? []) : []);
  const hasAll = (id: string) => posts.every(({ tags }) => tags.some((tag) => tag.id === id));
  const hasAny = (id: string) => posts.some(({ tags }) => tags.some((tag) => tag.id === id));
  return [
    ...all
      .filter(({ id }) => !hasAll(id))
      .map(({ id, name }): [string, string] => [`add:${id}`, text('FlexcordCommunityTagAdd', { tag: name })]),
    ...all
      .filter(({ id }) => hasAny(id))
      .map(({ id, name }): [string, string] => [
        `remove:${id}`,
        text('FlexcordCommunityTagRemove', { tag: name }),
      ]),
  ];
}

const Report = ({ done, failed, onClose }: { done: number; failed: Failed[]; onClose: () => void }) => {
  const isSuccess = failed.length === 0;
  return (
    <Box
      role={isSuccess ? 'status' : 'alert'}
      padding="space40"
      borderRadius="borderRadius30"
      color={isSuccess ? 'colorTextSuccess' : 'colorTextErrorStrong'}
      backgroundColor={isSuccess ? 'colorBackgroundSuccessWeakest' : 'colorBackgroundErrorWeakest'}
    >
      <Box display="flex" justifyContent="space-between" columnGap="space40">
        <strong>
          {done > 0 || isSuccess ? text('FlexcordCommunityChanged', { count: done }) : null}
          {isSuccess ? null : ` ${text('FlexcordCasesNotChanged', { count: failed.length })}`}
        </strong>
        <Button variant="link" size="small" onClick={onClose}>
          {text('FlexcordClose')}
        </Button>
      </Box>
      {isSuccess ? null : (
        <Box as="ul" margin="space0" paddingLeft="space70">
          {failed.map(({ id, title, problem }) => (
            <li key={id}>
              <bdi>{title}</bdi>: {problem}
            </li>
          ))}
        </Box>
      )}
    </Box>
  );
};
