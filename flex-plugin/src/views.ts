/** The entry of the views file: what only those load who open a view. */

import { Manager } from '@twilio/flex-ui';

import { CasesView } from './feature-library/cases-view/custom-components/CasesView.tsx';
import { CommunityView } from './feature-library/community-view/custom-components/CommunityView.tsx';
import { KnowledgeView } from './feature-library/knowledge-view/custom-components/KnowledgeView.tsx';
import { OperationsView } from './feature-library/operations-view/custom-components/OperationsView.tsx';
import * as languages from './strings/languages.ts';
import type { Views } from './types/view.ts';
import { registerStrings } from './utils/strings.ts';

declare const FlexcordPlugin: { register: (name: 'views', views: Views) => void };

// In this file the build puts `views.json` of each language in the place of its `plugin.json`.
registerStrings(Manager.getInstance(), languages);
FlexcordPlugin.register('views', {
  cases: CasesView,
  community: CommunityView,
  knowledge: KnowledgeView,
  operations: OperationsView,
});
