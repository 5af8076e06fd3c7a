import * as React from 'react';

export type CasesView = { name: 'list' } | { name: 'new' } | { name: 'case'; caseId: string };

/** What the panel shows of one member. */
export interface PanelView {
  tab: 'profile' | 'cases' | 'knowledge';
  cases: CasesView;
}

const start: PanelView = { tab: 'profile', cases: { name: 'list' } };
const views = new Map<string, PanelView>();
const watchers = new Set<() => void>();

/** Shows another part of the panel, at once or when the agent comes to the member's task. */
export function showInPanel(memberId: string, change: Partial<PanelView>): void {
  views.set(memberId, { ...(views.get(memberId) ?? start), ...change });
  for (const redraw of watchers) redraw();
}

/** Where the agent is in the panel; kept while they look at another task. */
export function usePanelView(memberId: string): PanelView {
  const [, redraw] = React.useReducer((count: number) => count + 1, 0);
  React.useEffect(() => {
    watchers.add(redraw);
    return () => {
      watchers.delete(redraw);
    };
  }, []);
  return views.get(memberId) ?? start;
}
