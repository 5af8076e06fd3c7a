import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { followPanelEvents } from '../../../utils/bridge/live.ts';
import { applyPanelEvent, queryClient } from '../../../utils/bridge/queryClient.ts';
import { text } from '../../../utils/strings.ts';
import type { ViewProps } from '../../../utils/views/load.ts';
import { usePlace } from '../utils/place.ts';
import { ArticlePage } from './ArticlePage.tsx';
import { ImportPage } from './ImportPage.tsx';
import { Lists } from './Lists.tsx';

/** The articles that agents and the virtual agent answer with. */
export const KnowledgeView = (_: ViewProps) => {
  useLiveEvents();
  return (
    <Box as="section" aria-label={text('FlexcordKbView')} height="100%" overflowWrap="anywhere">
      <Page />
    </Box>
  );
};

const Page = () => {
  const place = usePlace();
  switch (place.name) {
    case 'lists':
      return <Lists />;
    case 'import':
      return <ImportPage />;
    case 'article':
      return <ArticlePage key={place.key} articleKey={place.key} />;
  }
};

function useLiveEvents(): void {
  React.useEffect(() => {
    let wasConnected = true;
    return followPanelEvents({
      onEvent: applyPanelEvent,
      onConnection: (connected) => {
        if (connected && !wasConnected) void queryClient.invalidateQueries();
        wasConnected = connected;
      },
    });
  }, []);
}
