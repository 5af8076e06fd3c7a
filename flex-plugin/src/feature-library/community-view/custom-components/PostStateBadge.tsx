import type { CommunityPost } from '@flexcord/shared/panel/community';
import * as React from 'react';

import { Badge } from '../../../components/Badge.tsx';
import type { Variant } from '../../../components/variants.ts';
import { text } from '../../../utils/strings.ts';

const variants: Record<CommunityPost['state'], Variant> = {
  open: 'new',
  solved: 'success',
  closed: 'neutral',
};

/** What has become of a post; of an open one that the team has, that. */
export const PostStateBadge = ({ state, isWithTeam }: Pick<CommunityPost, 'state' | 'isWithTeam'>) =>
  state === 'open' && isWithTeam ? (
    <Badge variant="progress">{text('FlexcordCommunityWithTeam')}</Badge>
  ) : (
    <Badge variant={variants[state]}>{text(`FlexcordCommunityState_${state}`)}</Badge>
  );
