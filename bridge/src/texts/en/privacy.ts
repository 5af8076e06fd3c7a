/** What an operator and a member read of an erasure. Without Markdown: it goes into letters. */
export const privacy = {
  /** Stands where the name of a member was. */
  erasedMember: 'Erased member',
  /** Title of a case that others take part in. */
  erasedCase: 'Removed at the request of its author',
  /** Title of a case whose text was kept for as long as it may be. */
  expiredCase: 'Text removed when its time was over',
  receipt: {
    title: 'Erasure of personal data',
    member: (id: string) => `Discord id: ${id}`,
    finished: (when: string) => `Finished: ${when}`,
    taken: 'Taken away:',
    nothing: 'Nothing was held.',
    remains: 'What this could not take away:',
    counts: {
      members: 'profiles',
      member_notes: 'notes of the team',
      conversations: 'conversations in the store',
      messages: 'messages in the store',
      reactions: 'reactions',
      links: 'pairs of messages',
      agents: 'records of who answered',
      bot_turns: 'questions to the virtual agent',
      knowledge_gaps: 'unanswered questions',
      knowledge_lessons: 'lessons from questions',
      knowledge_feedback: 'judgements of articles',
      cases: 'cases',
      casesKept: 'cases that others take part in, without words and name',
      caseEntries: 'entries in cases of others',
      votes: 'votes',
      incidents: 'questions of incidents',
      followed: 'followed cases',
      journal: 'entries of the journal',
      twilioConversations: 'conversations at Twilio',
      twilioMessages: 'messages at Twilio',
      twilioParticipants: 'participants at Twilio',
      twilioFiles: 'files at Twilio',
      twilioTasks: 'names in tasks of Flex',
      twilioUsers: 'chat users at Twilio',
      discordMessages: 'messages of the bot on Discord',
      discordCards: 'cards of cases on Discord, rewritten',
    },
    left: {
      'own-messages':
        'The member’s own messages on Discord. Nobody but their author can delete them in a direct message.',
      insights:
        'Flex Insights keeps conversations and task data that were sent there. No API removes them: ask Twilio support.',
      interactions: 'Twilio has no API that deletes interactions; they hold ids and no words.',
      logs: 'Twilio’s own request and event logs go when Twilio’s time for them is over.',
      backups: 'Backups of the store that were made before. Delete them, or erase again after a restore.',
      'other-systems':
        'What other systems were told: webhooks about cases, a language model, a transcription service.',
      'other-people':
        'What others wrote about the member, in articles, in notes on other members or in messages of their own.',
      files: 'Files at Twilio that Twilio did not let go. Ask Twilio support.',
    },
  },
};
