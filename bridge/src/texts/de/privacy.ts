import type { Texts } from '../en/index.ts';

export const privacy: Texts['privacy'] = {
  erasedMember: 'Gelöschtes Mitglied',
  erasedCase: 'Auf Wunsch des Verfassers entfernt',
  expiredCase: 'Text nach Ablauf der Aufbewahrungsfrist entfernt',
  receipt: {
    title: 'Löschung personenbezogener Daten',
    member: (id) => `Discord-ID: ${id}`,
    finished: (when) => `Abgeschlossen: ${when}`,
    taken: 'Gelöscht:',
    nothing: 'Es war nichts gespeichert.',
    remains: 'Was nicht gelöscht werden konnte:',
    counts: {
      members: 'Profile',
      member_notes: 'Notizen des Teams',
      conversations: 'gespeicherte Gespräche',
      messages: 'gespeicherte Nachrichten',
      reactions: 'Reaktionen',
      links: 'Paare von Nachrichten',
      agents: 'Angaben, wer geantwortet hat',
      bot_turns: 'Fragen an den virtuellen Agenten',
      knowledge_gaps: 'unbeantwortete Fragen',
      knowledge_lessons: 'aus Fragen Gelerntes',
      knowledge_feedback: 'Bewertungen von Artikeln',
      cases: 'Fälle',
      casesKept: 'Fälle, an denen andere beteiligt sind, ohne Worte und Namen',
      caseEntries: 'Einträge in Fällen anderer',
      votes: 'Stimmen',
      incidents: 'Fragen zu Störungen',
      followed: 'verfolgte Fälle',
      journal: 'Einträge des Journals',
      twilioConversations: 'Gespräche bei Twilio',
      twilioMessages: 'Nachrichten bei Twilio',
      twilioParticipants: 'Teilnehmer bei Twilio',
      twilioFiles: 'Dateien bei Twilio',
      twilioTasks: 'Namen in Aufgaben von Flex',
      twilioUsers: 'Chat-Benutzer bei Twilio',
      discordMessages: 'Nachrichten des Bots auf Discord',
      discordCards: 'Karten von Fällen auf Discord, neu geschrieben',
    },
    left: {
      'own-messages':
        'Die eigenen Nachrichten des Mitglieds auf Discord. In einer Direktnachricht kann nur ihr Verfasser sie löschen.',
      insights:
        'Flex Insights behält Gespräche und Aufgabendaten, die dorthin gesendet wurden. Keine API entfernt sie: Wenden Sie sich an den Twilio-Support.',
      interactions: 'Twilio hat keine API, die Interaktionen löscht; sie enthalten IDs und keine Worte.',
      logs: 'Twilios eigene Anfrage- und Ereignisprotokolle vergehen mit Twilios Aufbewahrungsfrist.',
      backups:
        'Sicherungen des Speichers von vorher. Löschen Sie sie, oder löschen Sie nach einer Wiederherstellung noch einmal.',
      'other-systems':
        'Was anderen Systemen mitgeteilt wurde: Webhooks zu Fällen, ein Sprachmodell, ein Transkriptionsdienst.',
      'other-people':
        'Was andere über das Mitglied geschrieben haben, in Artikeln, in Notizen zu anderen Mitgliedern oder in eigenen Nachrichten.',
      files: 'Dateien bei Twilio, die Twilio nicht freigegeben hat. Wenden Sie sich an den Twilio-Support.',
    },
  },
};
