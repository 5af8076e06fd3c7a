import type { CommunityPost } from '@flexcord/shared/panel/community';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { Chip } from '../../../components/Chip.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { rowTitle } from '../../../components/view/rowTitle.ts';
import { Time } from '../../../components/view/Time.tsx';
import type { TableColumn } from '../../../components/view/useColumns.ts';
import { WaitingTime } from '../../../components/view/WaitingTime.tsx';
import { Weak } from '../../../components/view/Weak.tsx';
import { text } from '../../../utils/strings.ts';
import { type CommunityNavigation, urlFor } from '../utils/communityLocation.ts';
import { PostStateBadge } from './PostStateBadge.tsx';

/** Tags that are shown beside a title; the others are in the post. */
const MAX_VISIBLE_TAGS = 1;

/** What the table of posts can show. */
export const postColumns = (navigation: CommunityNavigation): TableColumn<CommunityPost>[] => [
  {
    id: 'title',
    label: text('FlexcordCommunityColumn_title'),
    width: 280,
    isFixed: true,
    cell: (post) => <Title post={post} {...navigation} />,
  },
  {
    id: 'waiting',
    label: text('FlexcordCasesColumn_waiting'),
    width: 96,
    rank: 9,
    sort: 'waiting',
    cell: ({ waitingSince }) => <WaitingTime since={waitingSince} />,
  },
  {
    id: 'answer',
    label: text('FlexcordCommunityFilter_answeredBy'),
    width: 160,
    rank: 8,
    cell: ({ answeredBy }) =>
      answeredBy === 'nobody' ? (
        <Weak>{text('FlexcordCommunityAnswer_nobody')}</Weak>
      ) : (
        text(`FlexcordCommunityAnswer_${answeredBy}`)
      ),
  },
  {
    id: 'state',
    label: text('FlexcordCommunityFilter_state'),
    width: 130,
    rank: 7,
    cell: (post) => <PostStateBadge {...post} />,
  },
  {
    id: 'assignee',
    label: text('FlexcordAssignee'),
    width: 110,
    rank: 6,
    cell: ({ assignee }) =>
      assignee ? <bdi title={assignee.name}>{assignee.name}</bdi> : <Weak>{text('FlexcordUnassigned')}</Weak>,
  },
  {
    id: 'author',
    label: text('FlexcordCommunityColumn_author'),
    width: 110,
    rank: 4,
    cell: ({ author }) => (author ? <bdi title={author.name}>{author.name}</bdi> : <Weak>—</Weak>),
  },
  {
    id: 'channel',
    label: text('FlexcordCommunityFilter_channelId'),
    width: 110,
    rank: 3,
    cell: ({ channelName }) => <bdi title={`#${channelName}`}>#{channelName}</bdi>,
  },
  {
    id: 'case',
    label: text('FlexcordCommunityColumn_case'),
    width: 72,
    rank: 2,
    cell: ({ caseNumber }) => (caseNumber === null ? <Weak>—</Weak> : `#${caseNumber}`),
  },
  {
    id: 'opened',
    label: text('FlexcordCommunityColumn_opened'),
    width: 104,
    rank: 5,
    sort: 'newest',
    cell: ({ openedAt }) => <Time at={openedAt} />,
  },
];

const Title = ({
  post,
  location,
  navigate,
  changeFilters,
}: { post: CommunityPost } & CommunityNavigation) => {
  const hidden = post.tags.slice(MAX_VISIBLE_TAGS);
  return (
    <Box display="flex" alignItems="center" columnGap="space20" minWidth="0">
      <Box as="span" minWidth="0" overflow="hidden" style={{ textOverflow: 'ellipsis' }} title={post.title}>
        {/* A real link, so that it can be copied and opened in another tab. */}
        <Box
          as="a"
          href={urlFor({ ...location, postId: post.id })}
          aria-current={location.postId === post.id ? 'true' : undefined}
          onClick={(event: React.MouseEvent) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            navigate({ postId: post.id });
          }}
          {...rowTitle}
        >
          <bdi>{post.title}</bdi>
        </Box>
      </Box>
      {post.tags.slice(0, MAX_VISIBLE_TAGS).map(({ id, name }) => (
        <Box
          key={id}
          as="button"
          type="button"
          appearance="none"
          borderWidth="borderWidth0"
          padding="space0"
          flexShrink={0}
          backgroundColor="transparent"
          cursor="pointer"
          borderRadius="borderRadiusPill"
          tabIndex={-1}
          title={text('FlexcordCommunityTagFilter', { tag: name })}
          _focusVisible={{ boxShadow: 'shadowFocus', outline: 'none' }}
          onClick={() => changeFilters({ tag: id })}
        >
          <Chip>{name}</Chip>
        </Box>
      ))}
      {hidden.length > 0 ? (
        <Box as="span" flexShrink={0} title={hidden.map(({ name }) => name).join(', ')}>
          <SecondaryText>+{hidden.length}</SecondaryText>
        </Box>
      ) : null}
    </Box>
  );
};
