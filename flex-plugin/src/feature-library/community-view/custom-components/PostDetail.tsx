import type { CommunityPostDetail } from '@flexcord/shared/panel/community';
import { COMMUNITY_LIMITS } from '@flexcord/shared/panel/community-constants';
import { Actions, Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import { TextArea } from '@twilio-paste/core/textarea';
import * as React from 'react';

import { Badge } from '../../../components/Badge.tsx';
import { Callout } from '../../../components/Callout.tsx';
import { Card } from '../../../components/Card.tsx';
import { Chip } from '../../../components/Chip.tsx';
import { Column } from '../../../components/Column.tsx';
import { FormField } from '../../../components/FormField.tsx';
import { QueryState } from '../../../components/QueryState.tsx';
import { Row } from '../../../components/Row.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { SectionHeading } from '../../../components/SectionHeading.tsx';
import { TextButton } from '../../../components/TextButton.tsx';
import { ThreadLink } from '../../../components/ThreadLink.tsx';
import { Time } from '../../../components/view/Time.tsx';
import { useDraft } from '../../../hooks/useDraft.ts';
import type { ViewProps } from '../../../types/view.ts';
import { caseAddress } from '../../../utils/caseAddress.ts';
import { notifyError, notifySuccess } from '../../../utils/notifications.ts';
import { text } from '../../../utils/strings.ts';
import type { CommunityNavigation } from '../utils/communityLocation.ts';
import { actOnPosts, usePost } from '../utils/communityQueries.ts';
import { PostActions } from './PostActions.tsx';
import { PostStateBadge } from './PostStateBadge.tsx';

interface Props extends CommunityNavigation {
  postId: string;
  DiscordMessage: ViewProps['DiscordMessage'];
}

/** A post with what was written in it, what can be done with it, and an answer to it. */
export const PostDetail = ({ postId, DiscordMessage, navigate }: Props) => (
  <Column>
    <div>
      <TextButton strong onClick={() => navigate({ postId: null })}>
        ← {text('FlexcordCommunityCloseDetail')}
      </TextButton>
    </div>
    <QueryState query={usePost(postId)}>
      {(post) => (
        <Column gap="space50">
          <Head post={post} />
          <PostActions posts={[post]} detail={post} />
          <Words post={post} DiscordMessage={DiscordMessage} />
          {post.state === 'open' ? <Answer post={post} /> : null}
          <Similar post={post} onOpen={(id) => navigate({ postId: id })} />
        </Column>
      )}
    </QueryState>
  </Column>
);

const Head = ({ post }: { post: CommunityPostDetail }) => {
  const { caseNumber, duplicateOf, author, assignee } = post;
  return (
    <Column gap="space30">
      <Box as="h2" margin="space0" fontSize="fontSize50" lineHeight="lineHeight50" dir="auto">
        {post.title}
      </Box>
      <Row>
        <PostStateBadge {...post} />
        {post.access === 'open' ? null : <Badge>{text(`FlexcordCommunityAccess_${post.access}`)}</Badge>}
        {post.tags.map(({ id, name }) => (
          <Chip key={id}>{name}</Chip>
        ))}
      </Row>
      <SecondaryText>
        <bdi>{author ? author.name : text('FlexcordCommunityErased')}</bdi> · <Time at={post.openedAt} /> ·{' '}
        {text(`FlexcordCommunityAnswered_${post.answeredBy}`)}
        {assignee ? ` · ${text('FlexcordCommunityTaken', { name: assignee.name })}` : ''}
      </SecondaryText>
      <Row>
        <ThreadLink
          thread={{ title: text('FlexcordPublicOpen'), channel: post.channelName, link: post.link }}
        />
        {caseNumber === null ? null : (
          <TextButton
            onClick={() => void Actions.invokeAction('HistoryPush', caseAddress(String(caseNumber)))}
          >
            {text('FlexcordCommunityCase', { number: caseNumber })}
          </TextButton>
        )}
      </Row>
      {duplicateOf ? (
        <Callout variant="neutral">
          {text('FlexcordCommunityDuplicate')} <ThreadLink thread={{ ...duplicateOf, channel: '' }} />
        </Callout>
      ) : null}
    </Column>
  );
};

const Words = ({ post, DiscordMessage }: { post: CommunityPostDetail } & Pick<Props, 'DiscordMessage'>) => {
  const [busy, setBusy] = React.useState(false);
  const solve = (messageId: string) => {
    setBusy(true);
    void actOnPosts([post.id], { is: 'solve', messageId })
      .then(([result]) => {
        if (result?.problem) throw new Error(result.problem);
      })
      .catch(notifyError)
      .then(() => setBusy(false));
  };
  const body = (words: string) => <DiscordMessage body={words} attributes={{}} byMember />;
  return (
    <Column gap="space30">
      <Card>
        {post.question ? (
          body(post.question)
        ) : (
          <SecondaryText>{text('FlexcordCommunityNoWords')}</SecondaryText>
        )}
      </Card>
      {post.messages.length > 0 ? (
        <SectionHeading>{text('FlexcordCommunityReplies', { count: post.messages.length })}</SectionHeading>
      ) : null}
      {post.messages.map(({ id, authorName, by, text: words, files, at, isSolution }) => (
        <Card key={id}>
          <Column gap="space20">
            <Row>
              <strong>
                <bdi>{authorName}</bdi>
              </strong>
              {by === 'agent' ? <Badge variant="progress">{text('FlexcordCommunityTeam')}</Badge> : null}
              {by === 'author' ? <Badge>{text('FlexcordCommunityAuthor')}</Badge> : null}
              {isSolution ? <Badge variant="success">{text('FlexcordCommunitySolution')}</Badge> : null}
              <SecondaryText>
                <Time at={at} />
              </SecondaryText>
            </Row>
            {words ? body(words) : null}
            {files.length > 0 ? <SecondaryText>{files.join(', ')}</SecondaryText> : null}
            {/* Whoever asks rarely solves it, and what Flex wrote has no message of its own to name. */}
            {by === 'member' && !isSolution && post.state !== 'closed' ? (
              <div>
                <TextButton onClick={() => (busy ? undefined : solve(id))}>
                  {text('FlexcordCommunityMarkSolution')}
                </TextButton>
              </div>
            ) : null}
          </Column>
        </Card>
      ))}
    </Column>
  );
};

/** Words of the supervisor's, for everybody. */
const Answer = ({ post }: { post: CommunityPostDetail }) => {
  const [draft, setDraft] = useDraft(`post:${post.id}`, '');
  const [busy, setBusy] = React.useState(false);
  if (post.closedTo)
    return <Callout variant="warning">{text(`FlexcordCommunityClosedTo_${post.closedTo}`)}</Callout>;
  if (!post.author) return null;
  const send = async () => {
    setBusy(true);
    try {
      const [result] = await actOnPosts([post.id], { is: 'answer', text: draft });
      if (result?.problem) throw new Error(result.problem);
      setDraft('');
      notifySuccess('FlexcordCommunitySent');
    } catch (error) {
      notifyError(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Column gap="space30">
      <FormField
        id="flexcord-post-answer"
        label={text('FlexcordCommunityAnswerLabel')}
        help={text('FlexcordPublic')}
      >
        <TextArea
          id="flexcord-post-answer"
          aria-describedby="flexcord-post-answer-help"
          maxLength={COMMUNITY_LIMITS.answer}
          value={draft}
          onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) => setDraft(event.target.value)}
        />
      </FormField>
      <div>
        <Button
          variant="primary"
          size="small"
          disabled={busy || draft.trim() === ''}
          onClick={() => void send()}
        >
          {text('FlexcordCommunitySend')}
        </Button>
      </div>
    </Column>
  );
};

const Similar = ({ post, onOpen }: { post: CommunityPostDetail; onOpen: (id: string) => void }) =>
  post.similar.length === 0 ? null : (
    <Column gap="space20">
      <SectionHeading>{text('FlexcordCommunitySimilar')}</SectionHeading>
      {post.similar.map(({ id, title, state, openedAt }) => (
        <div key={id}>
          <TextButton onClick={() => onOpen(id)}>{title}</TextButton>{' '}
          <SecondaryText>
            {text(`FlexcordCommunityState_${state}`)} · <Time at={openedAt} />
          </SecondaryText>
        </div>
      ))}
    </Column>
  );
