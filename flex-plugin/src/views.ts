/** The entry of the views file: everything that only those load who open a view. */

import { Manager } from '@twilio/flex-ui';
import { CasesView } from './feature-library/cases-view/custom-components/CasesView.tsx';
import { stringHook as casesStrings } from './feature-library/cases-view/flex-hooks/strings/index.ts';
import { KnowledgeView } from './feature-library/knowledge-view/custom-components/KnowledgeView.tsx';
import { stringHook as knowledgeStrings } from './feature-library/knowledge-view/flex-hooks/strings/index.ts';
import { registerStrings } from './utils/strings.ts';
import type { Views } from './utils/views/load.ts';

declare const FlexcordPlugin: { register: (views: Views) => void };

registerStrings(Manager.getInstance(), casesStrings());
registerStrings(Manager.getInstance(), knowledgeStrings());
FlexcordPlugin.register({ cases: CasesView, knowledge: KnowledgeView });
