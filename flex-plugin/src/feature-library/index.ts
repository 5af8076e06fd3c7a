import type { RegisterFeature } from '../types/feature.ts';
import { register as casesView } from './cases-view/index.ts';
import { register as communityView } from './community-view/index.ts';
import { register as discordChannel } from './discord-channel/index.ts';
import { register as discordPanel } from './discord-panel/index.ts';
import { register as knowledgeView } from './knowledge-view/index.ts';
import { register as operationsView } from './operations-view/index.ts';

export const features: RegisterFeature[] = [
  discordChannel,
  discordPanel,
  casesView,
  communityView,
  knowledgeView,
  operationsView,
];
