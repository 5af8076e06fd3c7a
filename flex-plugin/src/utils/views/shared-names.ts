/**
 * What the views file takes from the plugin's own bundle instead of bringing it a second time, by module. Paths are under
 * `src`. The build of the views reads this list; `shared.ts` fills it.
 */
export const sharedNames = {
  '@tanstack/react-query': ['useInfiniteQuery', 'useMutation', 'useQuery'],
  '@twilio-paste/box': ['Box', 'safelySpreadBoxProps'],
  '@twilio-paste/core/input': ['Input'],
  '@twilio-paste/core/label': ['Label'],
  '@twilio-paste/core/select': ['Option', 'Select'],
  '@twilio-paste/core/skeleton-loader': ['SkeletonLoader'],
  '@twilio-paste/core/textarea': ['TextArea'],
  'feature-library/discord-panel/custom-components/CaseDetailView.tsx': ['CaseDetailView'],
  'feature-library/discord-panel/custom-components/QueryState.tsx': ['QueryState'],
  'feature-library/discord-panel/custom-components/Words.tsx': ['Highlighted', 'Words'],
  'feature-library/discord-panel/custom-components/notify.ts': ['notifyDone', 'notifyFailed'],
  'feature-library/discord-panel/custom-components/ui.tsx': [
    'Card',
    'Chip',
    'Column',
    'Row',
    'SectionTitle',
    'Weak',
    'formatDate',
  ],
  'utils/bridge/client.ts': ['BridgeProblem', 'authorization', 'bridgeUrl', 'get', 'post', 'request'],
  'utils/bridge/live.ts': ['followPanelEvents'],
  'utils/bridge/queries.ts': ['useAgents', 'useCase', 'useFields'],
  'utils/bridge/queryClient.ts': ['applyPanelEvent', 'keys', 'queryClient'],
  'utils/strings.ts': ['flexLanguage', 'registerStrings', 'text'],
  'utils/useDebounced.ts': ['useDebounced'],
} as const;
