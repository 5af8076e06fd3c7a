/** The entry of the desk's file: what an agent does not need at log-in. */

import { Manager } from '@twilio/flex-ui';

import { CaseDetailView } from './components/case/CaseDetailView.tsx';
import { ArticlePicker } from './feature-library/discord-channel/custom-components/ArticlePicker.tsx';
import { DiscordMessage } from './feature-library/discord-channel/custom-components/message/DiscordMessage.tsx';
import { SpeakerName } from './feature-library/discord-channel/custom-components/SpeakerName.tsx';
import { NewCaseForm } from './feature-library/discord-panel/custom-components/NewCaseForm.tsx';
import { PublicThread } from './feature-library/discord-panel/custom-components/PublicThread.tsx';
import { ResolveOffer } from './feature-library/discord-panel/custom-components/ResolveOffer.tsx';
import { TeamNotes } from './feature-library/discord-panel/custom-components/TeamNotes.tsx';
import * as languages from './strings/languages.ts';
import type { Desk } from './types/desk.ts';
import { registerStrings } from './utils/strings.ts';

declare const FlexcordPlugin: { register: (name: 'desk', desk: Desk) => void };

// In this file the build puts `desk.json` of each language in the place of its `plugin.json`.
registerStrings(Manager.getInstance(), languages);
FlexcordPlugin.register('desk', {
  ArticlePicker,
  CaseDetailView,
  DiscordMessage,
  NewCaseForm,
  PublicThread,
  ResolveOffer,
  SpeakerName,
  TeamNotes,
});
