import { panelRoutes } from '@flexcord/shared/panel/routes';

import type { PluginFiles } from '../types/files.ts';
import { BridgeProblem, bridgeUrl } from '../utils/bridge/client.ts';
import { text } from '../utils/strings.ts';
import { sharedModules } from './sharedModules.ts';

/** Integrity values of the files that were built with this bundle; webpack fills them in. */
declare const FLEXCORD_FILES: Record<keyof PluginFiles, string>;

const routes: Record<keyof PluginFiles, string> = { views: panelRoutes.views, desk: panelRoutes.desk };
const waiting: Partial<Record<keyof PluginFiles, (file: never) => void>> = {};

/**
 * Loads a file of the plugin's from the bridge. Fails with a BridgeProblem that is `offline` where the bridge does not
 * answer, and with a sentence for the agent where it has another version's file or none.
 * Unverified: that Flex's own content security policy allows a script of another origin, as it does for plugins.
 */
export async function loadFile<Name extends keyof PluginFiles>(name: Name): Promise<PluginFiles[Name]> {
  const integrity = FLEXCORD_FILES[name];
  const url = bridgeUrl(routes[name], { v: integrity });
  try {
    return await new Promise<PluginFiles[Name]>((resolve, reject) => {
      waiting[name] = resolve;
      Object.assign(window, {
        FlexcordPlugin: {
          shared: sharedModules,
          register: (file: Name, parts: never) => waiting[file]?.(parts),
        },
      });
      const script = document.createElement('script');
      Object.assign(script, { src: url, integrity, crossOrigin: 'anonymous' });
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
