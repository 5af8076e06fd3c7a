import type { FeatureDefinition } from '../../types/feature-loader.ts';
import { isFeatureEnabled } from './config.ts';
import * as DiscordChannel from './flex-hooks/channels/DiscordChannel.tsx';
import * as MessageInput from './flex-hooks/components/MessageInput.tsx';
import * as Strings from './flex-hooks/strings/index.ts';

export function register(): FeatureDefinition | undefined {
  if (!isFeatureEnabled()) return undefined;
  return { name: 'discord-channel', hooks: [DiscordChannel, MessageInput, Strings] };
}
