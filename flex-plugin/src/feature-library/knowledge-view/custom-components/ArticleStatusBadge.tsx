import type { LibraryEntry } from '@flexcord/shared/panel/library';
import * as React from 'react';

import { Badge } from '../../../components/Badge.tsx';
import { text } from '../../../utils/strings.ts';

export const ArticleStatusBadge = ({ article }: { article: Pick<LibraryEntry, 'status' | 'deleted'> }) => {
  if (article.deleted) return <Badge variant="error">{text('FlexcordKbStatus_deleted')}</Badge>;
  const isPublished = article.status === 'published';
  return (
    <Badge variant={isPublished ? 'success' : 'new'}>{text(`FlexcordKbStatus_${article.status}`)}</Badge>
  );
};
