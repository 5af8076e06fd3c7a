import * as React from 'react';

import { useLiveUpdates } from '../../../hooks/useLiveUpdates.ts';
import type { ViewProps } from '../../../types/view.ts';
import { DiscordMessageContext } from '../utils/discordMessage.ts';
import { usePage } from '../utils/navigation.ts';
import { ArticlePage } from './ArticlePage.tsx';
import { ImportPage } from './ImportPage.tsx';
import { KnowledgeOverview } from './KnowledgeOverview.tsx';

/** The articles that agents and the virtual agent answer with. */
export const KnowledgeView = ({ DiscordMessage }: ViewProps) => {
  useLiveUpdates();
  return (
    <DiscordMessageContext.Provider value={DiscordMessage}>
      <Page />
    </DiscordMessageContext.Provider>
  );
};

const Page = () => {
  const page = usePage();
  switch (page.name) {
    case 'overview':
      return <KnowledgeOverview />;
    case 'import':
      return <ImportPage />;
    case 'article':
      return <ArticlePage key={page.key} articleKey={page.key} />;
  }
};
