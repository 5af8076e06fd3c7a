import { applicationRoutes } from './application.ts';
import { channelRoutes } from './channels.ts';
import { commandRoutes } from './commands.ts';
import { gatewayRoutes } from './gateway.ts';
import { guildRoutes } from './guilds.ts';
import { interactionRoutes } from './interactions.ts';
import { memberRoutes } from './members.ts';
import { messageRoutes } from './messages.ts';
import { pinRoutes } from './pins.ts';
import { reactionRoutes } from './reactions.ts';
import { roleRoutes } from './roles.ts';
import type { Route } from './router.ts';
import { threadRoutes } from './threads.ts';
import { userRoutes } from './users.ts';

/** Every route of the stand-in; where two could match, the first one wins. */
export const routes: readonly Route[] = [
  ...gatewayRoutes,
  ...userRoutes,
  ...applicationRoutes,
  ...commandRoutes,
  ...interactionRoutes,
  ...pinRoutes,
  ...threadRoutes,
  ...messageRoutes,
  ...reactionRoutes,
  ...channelRoutes,
  ...guildRoutes,
  ...roleRoutes,
  ...memberRoutes,
];
