import type { FeatureDefinition } from '../../types/feature.ts';
import { isFeatureEnabled } from './config.ts';
import * as SideNav from './flex-hooks/components/SideNav.tsx';

export function register(): FeatureDefinition | undefined {
  return isFeatureEnabled() ? { name: 'community-view', hooks: [SideNav] } : undefined;
}
