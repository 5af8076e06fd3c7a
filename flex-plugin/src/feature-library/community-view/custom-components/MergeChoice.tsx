import type { CommunityPost, CommunityPostDetail } from '@flexcord/shared/panel/community';
import { COMMUNITY_LIMITS } from '@flexcord/shared/panel/community-constants';
import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import { Input } from '@twilio-paste/core/input';
import * as React from 'react';

import { Column } from '../../../components/Column.tsx';
import { Dismissable } from '../../../components/Dismissable.tsx';
import { AUTOFOCUS } from '../../../components/FocusKeeper.tsx';
import { FormField } from '../../../components/FormField.tsx';
import { Row } from '../../../components/Row.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { useDebounced } from '../../../hooks/useDebounced.ts';
import { text } from '../../../utils/strings.ts';
import { useFoundPosts } from '../utils/communityQueries.ts';

interface Props {
  posts: CommunityPost[];
  similar: CommunityPostDetail['similar'];
  busy: boolean;
  onMerge: (into: string) => void;
  onCancel: () => void;
}

/** Chooses the post that others are duplicates of: one with much the same title, or one that is looked for. */
export const MergeChoice = ({ posts, similar, busy, onMerge, onCancel }: Props) => {
  const [words, setWords] = React.useState('');
  const [into, setInto] = React.useState<string | null>(null);
  const q = useDebounced(words).trim();
  const found = useFoundPosts(q).data?.posts;
  const choices = (q === '' ? similar : (found ?? [])).filter(({ id }) =>
    posts.every((post) => post.id !== id),
  );
  return (
    <Dismissable onDismiss={onCancel}>
      <Column gap="space30">
        <FormField
          id="flexcord-merge"
          label={text('FlexcordCommunityMergeInto')}
          help={text('FlexcordCommunityMergeHelp')}
        >
          <Input
            {...AUTOFOCUS}
            id="flexcord-merge"
            type="search"
            aria-describedby="flexcord-merge-help"
            maxLength={COMMUNITY_LIMITS.search}
            value={words}
            onChange={(event: React.ChangeEvent<HTMLInputElement>) => setWords(event.target.value)}
          />
        </FormField>
        <div role="radiogroup" aria-label={text('FlexcordCommunityMergeInto')}>
          {choices.map(({ id, title, state }) => (
            <label
              key={id}
              style={{ display: 'flex', gap: 8, alignItems: 'center', minHeight: 28, cursor: 'pointer' }}
            >
              <input
                type="radio"
                name="flexcord-merge-into"
                checked={into === id}
                onChange={() => setInto(id)}
              />
              <bdi>{title}</bdi>
              <SecondaryText>{text(`FlexcordCommunityState_${state}`)}</SecondaryText>
            </label>
          ))}
          {choices.length === 0 ? (
            <Box role="status" color="colorTextWeak">
              {text(q === '' ? 'FlexcordCommunityNoSimilar' : 'FlexcordCommunityNoneFits')}
            </Box>
          ) : null}
        </div>
        <Row>
          <Button
            variant="primary"
            size="small"
            disabled={busy || into === null || !choices.some(({ id }) => id === into)}
            onClick={() => into && onMerge(into)}
          >
            {text('FlexcordCommunityMergeDo', { count: posts.length })}
          </Button>
          <Button variant="secondary" size="small" onClick={onCancel}>
            {text('FlexcordCancel')}
          </Button>
        </Row>
      </Column>
    </Dismissable>
  );
};
