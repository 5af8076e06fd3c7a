import type { FeatureDefinition } from '../../types/feature.ts';
import { isFeatureEnabled } from './config.ts';
import * as PanelActions from './flex-hooks/actions/index.ts';
import * as Panel2 from './flex-hooks/components/Panel2.tsx';
import * as Notifications from './flex-hooks/notifications/index.ts';

export function register(): FeatureDefinition | undefined {
  if (!isFeatureEnabled()) return undefined;
  return { name: 'discord-panel', hooks: [PanelActions, Panel2, Notifications] };
}
