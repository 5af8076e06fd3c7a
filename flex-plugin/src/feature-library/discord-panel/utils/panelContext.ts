/** The conversation that the panel is about. */
export interface PanelContext {
  memberId: string;
  conversationSid: string | undefined;
  taskSid: string;
}
