/** Who does something with a thread. */
export interface ThreadActor {
  /** Discord id; null for somebody in Flex. */
  id: string | null;
  name: string;
  role: 'author' | 'moderator' | 'agent';
}

/** The message that solved a thread. */
export interface ThreadSolution {
  messageId: string;
  /** Null for the bot's own, and for the team's. */
  authorId: string | null;
  authorName: string;
  text: string;
}

/** What the team does with a thread. */
export type ThreadAct =
  | { is: 'ask-team' | 'close' | 'reopen' }
  | { is: 'solution'; solution: ThreadSolution | null }
  | { is: 'duplicate'; of: string };

/** Whoever decides what becomes of threads. */
export interface ThreadActs {
  /** Journals that somebody does something with a thread, in the thread's lane; `event` names it. Nothing follows where it does not fit by then. */
  do(threadId: string, what: ThreadAct, by: ThreadActor, event: string): Promise<number>;
}
