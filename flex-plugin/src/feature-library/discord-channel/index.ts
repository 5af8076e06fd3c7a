import type { FeatureDefinition } from '../../types/feature.ts';
import { isFeatureEnabled } from './config.ts';
import * as ComposerActions from './flex-hooks/actions/index.ts';
import * as DiscordChannel from './flex-hooks/channels/DiscordChannel.tsx';
import * as MessageBubble from './flex-hooks/components/MessageBubble.tsx';
import * as MessageInput from './flex-hooks/components/MessageInput.tsx';
import * as Notifications from './flex-hooks/notifications/index.ts';

export function register(): FeatureDefinition | undefined {
  if (!isFeatureEnabled()) return undefined;
  return {
    name: 'discord-channel',
    hooks: [ComposerActions, DiscordChannel, MessageBubble, MessageInput, Notifications],
  };
}
