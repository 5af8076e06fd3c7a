/** The entry of the views file: what only those load who open a view. */

import { panelRoutes } from '@flexcord/shared/panel/routes';
import { Manager } from '@twilio/flex-ui';

import { CasesView } from './feature-library/cases-view/custom-components/CasesView.tsx';
import { CommunityView } from './feature-library/community-view/custom-components/CommunityView.tsx';
import { KnowledgeView } from './feature-library/knowledge-view/custom-components/KnowledgeView.tsx';
import { OperationsView } from './feature-library/operations-view/custom-components/OperationsView.tsx';
import english from './strings/en/views.json';
import type { Views } from './types/view.ts';
import { bridgeUrl } from './utils/bridge/client.ts';
import { flexLanguage, registerStrings } from './utils/strings.ts';
import { languageFor } from './utils/translation.ts';

declare const FlexcordPlugin: { register: (name: 'views', views: Views) => void };
/** Integrity values of the texts in other languages than English; the build fills them in. */
declare const FLEXCORD_VIEW_TEXTS: Record<string, string>;

/** Loads the texts in the agent's language. Whoever does not get them reads English. */
async function loadTexts(): Promise<void> {
  const manager = Manager.getInstance();
  const language = languageFor(flexLanguage(manager), ['en', ...Object.keys(FLEXCORD_VIEW_TEXTS)]);
  const integrity = FLEXCORD_VIEW_TEXTS[language];
  registerStrings(manager, { en: english });
  if (integrity === undefined) return;
  const address = bridgeUrl(panelRoutes.viewTexts(language), { v: integrity });
  const answer = await fetch(address, { integrity });
  registerStrings(manager, { [language]: await answer.json() });
}

loadTexts()
  .catch((error) =>
    console.warn('Flexcord: the texts of the views did not load; they are in English.', error),
  )
  .finally(() =>
    FlexcordPlugin.register('views', {
      cases: CasesView,
      community: CommunityView,
      knowledge: KnowledgeView,
      operations: OperationsView,
    }),
  );
