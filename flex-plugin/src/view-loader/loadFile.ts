import { panelRoutes } from '@flexcord/shared/panel/routes';

import type { PluginFiles } from '../types/files.ts';
import { BridgeProblem, bridgeUrl } from '../utils/bridge/client.ts';
import { isForbidden } from '../utils/contentPolicy.ts';
import { text } from '../utils/strings.ts';
import { sharedModules } from './sharedModules.ts';

/** Integrity values of the files that were built with this bundle; webpack fills them in. */
declare const FLEXCORD_FILES: Record<keyof PluginFiles, string>;

const routes: Record<keyof PluginFiles, string> = { views: panelRoutes.views, desk: panelRoutes.desk };
const waiting: Partial<Record<keyof PluginFiles, (file: never) => void>> = {};

/**
 * Loads a file of the plugin's from the bridge. Fails with a BridgeProblem that is `offline` where the bridge does not
 * answer, and with a sentence for the agent where it has another version's file or none, or where the content policy of
 * Flex's page keeps it out. It lets plugins load scripts of others: Twilio's own plugin package does (@twilio/flex-plugin 7.1.2, loadJS).
 */
export async function loadFile<Name extends keyof PluginFiles>(name: Name): Promise<PluginFiles[Name]> {
  const integrity = FLEXCORD_FILES[name];
  const url = bridgeUrl(routes[name], { v: integrity });
  const load = () =>
    new Promise<PluginFiles[Name]>((resolve, reject) => {
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
  let file: PluginFiles[Name] | undefined;
  const isKeptOut = await isForbidden('script', url, async () => {
    file = await load();
  });
  if (file) return file;
  if (isKeptOut) {
    const address = new URL(url).origin;
    throw new BridgeProblem('not-found', text('FlexcordPageForbids', { address }));
  }
  // The error event of a script does not tell why it failed.
  const answer = await fetch(url).catch(() => undefined);
  throw !answer || answer.status >= 500
    ? new BridgeProblem('offline', url)
    : new BridgeProblem('not-found', text('FlexcordViewsMissing'));
}
