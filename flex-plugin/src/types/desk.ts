import type { MemberMessageAttributes } from '@flexcord/shared/messages/layout';
import type { DiscordThreadAttributes, SpeakerAttributes } from '@flexcord/shared/public-thread';
import type * as React from 'react';

/** The conversation that the panel is about. */
export interface PanelContext {
  memberId: string;
  conversationSid: string | undefined;
  taskSid: string;
}

export interface NewCaseFormProps extends PanelContext {
  onOpen: (caseId: string) => void;
  onClose: () => void;
}

export interface CaseDetailProps {
  caseId: string;
  /** Label of the button that leaves the case. */
  backLabel: string;
  onBack: () => void;
}

export interface DiscordMessageProps {
  body: string;
  attributes: MemberMessageAttributes;
  /** Whether a member wrote it, and not an agent or the bridge. */
  byMember: boolean;
}

export interface ArticlePickerProps {
  conversationSid: string;
  /** What is looked for; empty for what the member last asked. */
  query: string;
}

export interface SpeakerNameProps {
  speaker: SpeakerAttributes;
  onSelect: (speaker: SpeakerAttributes) => void;
}

export interface PublicThreadProps {
  thread: DiscordThreadAttributes;
  /** Of whom the panel tells, where it is not who asked. */
  speaker: SpeakerAttributes | undefined;
  /** The name of who asked. */
  author: string | undefined;
  onBack: () => void;
}

/** The parts of the agent's desk that load apart, by name. */
export interface Desk {
  ArticlePicker: React.ComponentType<ArticlePickerProps>;
  DiscordMessage: React.ComponentType<DiscordMessageProps>;
  CaseDetailView: React.ComponentType<CaseDetailProps>;
  PublicThread: React.ComponentType<PublicThreadProps>;
  SpeakerName: React.ComponentType<SpeakerNameProps>;
  ResolveOffer: React.ComponentType<{ caseId: string }>;
  TeamNotes: React.ComponentType<{ memberId: string }>;
  NewCaseForm: React.ComponentType<NewCaseFormProps>;
}
