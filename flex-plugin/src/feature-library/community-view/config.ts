import { isSupervisor } from '../../utils/permissions.ts';
import { getSettings } from '../../utils/settings.ts';

export const isFeatureEnabled = () => getSettings().features.communityView && isSupervisor();
