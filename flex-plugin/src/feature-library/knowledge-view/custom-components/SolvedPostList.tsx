import type { SolvedPost } from '@flexcord/shared/panel/solved-posts';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { Badge } from '../../../components/Badge.tsx';
import { Card } from '../../../components/Card.tsx';
import { Column } from '../../../components/Column.tsx';
import { QueryState } from '../../../components/QueryState.tsx';
import { Row } from '../../../components/Row.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { ThreadLink } from '../../../components/ThreadLink.tsx';
import { UserText } from '../../../components/UserText.tsx';
import { EmptyState } from '../../../components/view/EmptyState.tsx';
import { Time } from '../../../components/view/Time.tsx';
import { languageName } from '../../../utils/format.ts';
import { text } from '../../../utils/strings.ts';
import { emptyContent } from '../utils/articleContent.ts';
import { getDraft, NEW_ARTICLE, saveDraft } from '../utils/drafts.ts';
import { decideOnSolvedPost, useSolvedPosts } from '../utils/libraryQueries.ts';
import { navigateTo } from '../utils/navigation.ts';
import { CandidateButtons } from './CandidateButtons.tsx';

/** Posts in public that were solved and may become articles. */
export const SolvedPostList = () => (
  <Column>
    <SecondaryText>{text('FlexcordKbSolvedPostsHelp')}</SecondaryText>
    <QueryState
      query={useSolvedPosts()}
      isEmpty={({ posts }) => posts.length === 0}
      emptyText={
        <EmptyState heading={text('FlexcordKbNoSolvedPosts')}>{text('FlexcordKbSolvedPostsHelp')}</EmptyState>
      }
    >
      {({ posts }) => (
        <Column gap="space30">
          {posts.map((post) => (
            <SolvedPostCard key={post.threadId} post={post} />
          ))}
        </Column>
      )}
    </QueryState>
  </Column>
);

/** Opens the draft of an article for a post; creates it where there is none. */
function openArticleDraft({ threadId, draft }: SolvedPost): void {
  const key = `${NEW_ARTICLE}:${threadId}`;
  if (!getDraft(key))
    saveDraft(key, { content: draft, base: emptyContent, version: null, gapIds: [], solvedPost: threadId });
  navigateTo({ name: 'article', key });
}

const SolvedPostCard = ({ post }: { post: SolvedPost }) => (
  <Card>
    <Box display="flex" alignItems="flex-start" columnGap="space60">
      <Box flexGrow={1} minWidth="0">
        <Column gap="space20">
          <ThreadLink thread={{ title: post.title, channel: '', link: post.url }} />
          {post.question === '' ? null : <UserText as="span">{post.question}</UserText>}
          <Box
            borderLeftStyle="solid"
            borderLeftWidth="borderWidth20"
            borderLeftColor="colorBorder"
            paddingLeft="space40"
          >
            <UserText as="span">{post.answer}</UserText>
          </Box>
          <Row>
            <Badge>{languageName(post.language)}</Badge>
            <SecondaryText>
              {text('FlexcordKbSolvedBy', { name: post.solverName })} · <Time at={post.solvedAt} />
            </SecondaryText>
          </Row>
        </Column>
      </Box>
      <CandidateButtons
        onDismiss={() => decideOnSolvedPost(post.threadId, null)}
        onWrite={() => openArticleDraft(post)}
      />
    </Box>
  </Card>
);
