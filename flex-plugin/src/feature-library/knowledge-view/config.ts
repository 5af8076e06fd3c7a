import { getSettings } from '../../utils/settings.ts';

export const isFeatureEnabled = () => getSettings().features.knowledgeView;
