import type { assistant as english } from '../en/assistant.ts';

/** What the virtual agent says of itself, and its summary for the agent who takes over. */
export const assistant: typeof english = {
  which: 'Was davon meinen Sie?',
  articlesAgain: 'Entschuldigung, dann war es das nicht. Vielleicht dieses:',
  sorry: 'Schade, dass das nicht geholfen hat.',
  reword:
    'Können Sie mit anderen Worten sagen, was geschieht oder was Sie tun möchten? Auf Wunsch verbinde ich Sie jederzeit mit einem Menschen.',
  offerPerson: 'Einen besseren Artikel habe ich dazu nicht. Soll ich Sie mit unserem Team verbinden?',
  about:
    'Ich bin die automatische Hilfe dieses Servers: Ich suche Antworten in unseren Hilfeartikeln und verbinde Sie mit unserem Team, wann immer Sie es möchten.',
  sources: 'Quellen',
  readAll: 'Ganz lesen',
  read: (title) => `„${title}“ lesen`,
  page: (page, pages) => `Seite ${page} von ${pages}`,
  previousPage: 'Zurück',
  nextPage: 'Weiter',
  inLanguage: (language) => `Dieser Artikel ist in der Sprache ${language} geschrieben.`,
  articleGone:
    'Diesen Artikel gibt es nicht mehr. Fragen Sie mich noch einmal, oder sprechen Sie mit unserem Team.',
  summary: {
    heading: 'Zusammenfassung für die Bearbeitung',
    member: 'Mitglied',
    who: (name, language) => (language ? `${name} (${language})` : name),
    matter: 'Anliegen',
    noMatter: 'nur der Wunsch, mit dem Team zu sprechen',
    tried: 'Gezeigte Artikel',
    triedCount: (count) => (count === 0 ? 'kein Artikel gezeigt' : `${count} Artikel gezeigt`),
    nothingTried: 'keine',
    unanswered: 'Zu mindestens einer Frage gab es keinen Artikel.',
    mood: 'Stimmung',
    moods: { calm: 'ruhig', pressed: 'in Eile oder besorgt', angry: 'verärgert' },
  },
};
