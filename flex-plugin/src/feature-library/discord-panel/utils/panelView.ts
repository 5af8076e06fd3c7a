import { createStore, useStore } from '../../../hooks/store.ts';

export type CasesTabView = { name: 'list' } | { name: 'new' } | { name: 'case'; caseId: string };

/** What the panel shows for one member. */
export interface PanelView {
  tab: 'profile' | 'cases' | 'knowledge';
  cases: CasesTabView;
}

const initialView: PanelView = { tab: 'profile', cases: { name: 'list' } };
/** By member; kept while the agent looks at another task. */
const views = createStore<ReadonlyMap<string, PanelView>>(new Map());

/** Shows another part of the panel, at once or when the agent comes to the member's task. */
export function showInPanel(memberId: string, change: Partial<PanelView>): void {
  const view = views.get().get(memberId) ?? initialView;
  views.set(new Map(views.get()).set(memberId, { ...view, ...change }));
}

export const usePanelView = (memberId: string): PanelView => useStore(views).get(memberId) ?? initialView;
