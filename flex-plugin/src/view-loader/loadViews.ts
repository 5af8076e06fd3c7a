import { panelRoutes } from '@flexcord/shared/panel/routes';

import type { Views } from '../types/view.ts';
import { BridgeProblem, bridgeUrl } from '../utils/bridge/client.ts';
import { text } from '../utils/strings.ts';
import { sharedModules } from './sharedModules.ts';

/** Integrity value of the views file that was built with this bundle; webpack fills it in. */
declare const FLEXCORD_VIEWS: string;

/**
 * Loads the views file from the bridge. Fails with a BridgeProblem that is `offline` where the bridge does not answer,
 * and with a sentence for the agent where it has another version's views or none.
 * Unverified: that Flex's own content security policy allows a script of another origin, as it does for plugins.
 */
export async function loadViews(): Promise<Views> {
  const url = bridgeUrl(panelRoutes.views, { v: FLEXCORD_VIEWS });
  try {
    return await new Promise<Views>((register, reject) => {
      Object.assign(window, { FlexcordPlugin: { shared: sharedModules, register } });
      const script = document.createElement('script');
      Object.assign(script, { src: url, integrity: FLEXCORD_VIEWS, crossOrigin: 'anonymous' });
      script.onerror = reject;
      document.head.append(script);
    });
  } catch {
    // The error event of a script does not tell why it failed.
    const answer = await fetch(url).catch(() => undefined);
    throw !answer || answer.status >= 500
      ? new BridgeProblem('offline', url)
      : new BridgeProblem('not-found', text('FlexcordViewsMissing'));
  }
}
