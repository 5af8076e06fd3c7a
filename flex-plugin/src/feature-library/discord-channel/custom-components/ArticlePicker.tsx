import type { ArticleMatch, ArticleMatches } from '@flexcord/shared/panel/knowledge';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { useQuery } from '@tanstack/react-query';
import { Actions } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { Highlight } from '../../../components/Highlight.tsx';
import { useDebounced } from '../../../hooks/useDebounced.ts';
import type { ArticlePickerProps } from '../../../types/desk.ts';
import { get } from '../../../utils/bridge/client.ts';
import { keys } from '../../../utils/bridge/queryClient.ts';
import { text } from '../../../utils/strings.ts';

/** How soon after a keystroke is searched, in ms. */
const SEARCH_DELAY_MS = 150;
const MAX_SHOWN = 5;

/** Articles for what stands behind the slash, or for what the member last asked; one is put into the composer. */
export const ArticlePicker = ({ conversationSid, query }: ArticlePickerProps) => {
  const matches = useMatches(useDebounced(query, SEARCH_DELAY_MS), conversationSid);
  const [wanted, choose] = React.useState(0);
  const chosen = Math.min(wanted, Math.max(0, matches.length - 1));
  const [isClosed, close] = React.useState(false);
  const insert = (match: ArticleMatch | undefined) => {
    if (!match) return;
    const body = match.responseTemplate;
    const end = body.length;
    void Actions.invokeAction('SetInputText', {
      conversationSid,
      body,
      selectionStart: end,
      selectionEnd: end,
    });
  };
  useMenuKeys(!isClosed && matches.length > 0, (key) => {
    if (key === 'ArrowDown') choose((chosen + 1) % matches.length);
    else if (key === 'ArrowUp') choose((chosen + matches.length - 1) % matches.length);
    else if (key === 'Enter') insert(matches[chosen]);
    else if (key === 'Escape') close(true);
    else return false;
    return true;
  });
  if (isClosed) return null;
  return (
    <Box
      padding="space20"
      borderWidth="borderWidth10"
      borderStyle="solid"
      borderColor="colorBorderWeak"
      borderRadius="borderRadius20"
      backgroundColor="colorBackgroundBody"
      color="colorText"
      boxShadow="shadow"
    >
      <Box role="status" paddingX="space30" paddingY="space10" fontSize="fontSize20" color="colorTextWeak">
        {text(matches.length > 0 ? 'FlexcordSlashHelp' : 'FlexcordNoArticles')}
      </Box>
      <Box role="listbox" aria-label={text('FlexcordSlashHelp')} maxHeight="240px" overflowY="auto">
        {matches.map((match, index) => (
          <Box
            key={match.id}
            role="option"
            aria-selected={index === chosen}
            onMouseEnter={() => choose(index)}
            onClick={() => insert(match)}
            padding="space30"
            cursor="pointer"
            borderRadius="borderRadius20"
            backgroundColor={index === chosen ? 'colorBackgroundPrimaryWeakest' : 'transparent'}
          >
            <Box fontWeight="fontWeightSemibold">
              <Highlight pieces={match.title} />
            </Box>
            <Box fontSize="fontSize20" color="colorTextWeak" overflow="hidden" maxHeight="40px">
              {match.responseTemplate}
            </Box>
          </Box>
        ))}
      </Box>
    </Box>
  );
};

function useMatches(query: string, conversationSid: string): ArticleMatch[] {
  const isSearch = query !== '';
  const found = useQuery({
    queryKey: isSearch ? keys.search(query, conversationSid) : keys.suggestions(conversationSid),
    keepPreviousData: true,
    queryFn: ({ signal }) =>
      isSearch
        ? get<ArticleMatches>(
            panelRoutes.knowledgeSearch,
            { q: query, conversation: conversationSid },
            signal,
          )
        : get<ArticleMatches>(panelRoutes.suggestions(conversationSid), {}, signal),
  });
  return found.data?.matches.slice(0, MAX_SHOWN) ?? [];
}

/** Takes keys before the composer does, which would send on Enter, while the menu is open; `take` says whether it did. */
function useMenuKeys(isOpen: boolean, take: (key: string) => boolean): void {
  const current = React.useRef(take);
  current.current = take;
  React.useEffect(() => {
    if (!isOpen) return undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      const { target } = event;
      const isTyped = target instanceof HTMLElement && target.matches('textarea, [contenteditable=true]');
      if (!isTyped || event.isComposing || event.shiftKey || !current.current(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    document.addEventListener('keydown', onKeyDown, true);
    return () => document.removeEventListener('keydown', onKeyDown, true);
  }, [isOpen]);
}
