/** A message on a conversation that carries a webhook with `Target=studio`. */
export interface StudioMessageAdded {
  flowSid: string;
  conversationSid: string;
  messageSid: string;
  body: string;
  author: string;
  /** The message's attributes, as the JSON text that Twilio keeps. */
  attributes: string;
  /** The conversation's attributes, as JSON text. */
  conversationAttributes: string;
  chatServiceSid: string;
  /** ISO 8601. */
  dateCreated: string;
}

/** What the Conversations side of the stand-in tells a Studio engine. */
export interface StudioHost {
  /** Starts an execution of the flow on the conversation, or continues the one that runs there. */
  onMessageAdded(event: StudioMessageAdded): void;
}

/** The properties of a Send to Flex widget, Liquid already rendered. */
export interface SendToFlexRequest {
  conversationSid: string;
  workflowSid: string;
  /** SID or unique name of a TaskRouter task channel. */
  channelSid: string;
  /** JSON text. */
  attributes: string;
  priority: number;
  /** Seconds. */
  timeout: number;
}

/** What a Studio engine may do to the rest of the stand-in. */
export interface StudioEffects {
  /**
   * Creates an interaction and its task, as `POST /v1/Interactions` with `initiated_by: customer` does.
   * Rejects with an `Error` where the workflow, the task channel or the conversation cannot be used.
   */
  sendToFlex(request: SendToFlexRequest): Promise<{ taskSid: string }>;
  /** Adds a message as Studio does: no webhook fires for it. */
  sendMessage(message: {
    conversationSid: string;
    body: string;
    from: string;
  }): Promise<{ messageSid: string }>;
}
