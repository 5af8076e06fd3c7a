import { useQuery } from '@tanstack/react-query';

import type { PluginFiles } from '../types/files.ts';
import { loadFile } from './loadFile.ts';

/** A file of the plugin's that the bridge serves, loaded once and kept; tried again while the bridge does not answer. */
export const usePluginFile = <Name extends keyof PluginFiles>(name: Name) =>
  useQuery({
    queryKey: ['file', name],
    queryFn: () => loadFile(name),
    staleTime: Number.POSITIVE_INFINITY,
    cacheTime: Number.POSITIVE_INFINITY,
  });
