import type { forum as english } from '../en/forum.ts';

/** What is said in public threads, on their buttons, and to moderators about them. */
export const forum: typeof english = {
  answer: 'Das beantwortet vielleicht die Frage. Ich bin die automatische Hilfe dieses Servers.',
  answerAgain: 'Dann vielleicht dieser Artikel. Ich bin die automatische Hilfe dieses Servers.',
  similar: 'Diese Beiträge sind gelöst und ähneln der Frage. Vielleicht hilft einer davon.',
  solvedBefore: 'Schon gelöst',
  alike: 'Ähnlich und gelöst',
  cited: 'Aus den Hilfeartikeln · automatische Antwort',
  citedPost: 'Aus einem gelösten Beitrag · automatische Antwort',
  reword: 'Etwas Besseres finde ich nicht. Mehr Einzelheiten helfen: Was passiert, und was sollte passieren?',
  rewordOrTeam:
    'Etwas Besseres finde ich nicht. Mehr Einzelheiten helfen, oder fragen Sie mit dem Knopf das Team.',
  team: 'Das Team ist gefragt und antwortet hier in diesem Thread. Alle können es lesen.',
  askSolved: (name) => `Hat der Beitrag von ${name} es gelöst?`,
  solved: 'Das ist gelöst.',
  solvedBy: (name) => `Das ist gelöst. Danke, ${name}!`,
  writeToReopen: 'Wer hier schreibt, öffnet es wieder.',
  reopened: 'Das ist wieder offen.',
  reminder: (author) => `${author}, ist das noch offen?`,
  closesIn: (time) =>
    `Ohne Antwort wird es ${time} geschlossen. Nichts geht verloren, und wer hier schreibt, öffnet es wieder.`,
  closed:
    'Hier hat länger niemand geschrieben, darum ist das unbeantwortet geschlossen. Wer hier schreibt, öffnet es wieder.',
  private: 'Das geht nicht öffentlich weiter, weil es nicht alle lesen sollten. Danke für die Geduld hier.',
  duplicate: (url) => `Das ist dasselbe wie ${url}. Bitte dort weiterlesen.`,
  button: {
    helped: 'Das hat geholfen',
    notYet: 'Noch nicht',
    team: 'Das Team fragen',
    private: 'Privat fortsetzen',
    solution: 'Als Lösung markieren',
    stillOpen: 'Noch offen',
    solved: 'Es ist gelöst',
  },
  noted: 'Danke, das ist vermerkt.',
  marked: 'Als Lösung markiert.',
  broughtToTeam: 'Das Team ist gefragt.',
  onlyDeciders: 'Darüber entscheidet nur, wer gefragt hat, und wer hier moderiert.',
  notServed: 'Das geht in Threads, die hier betreut werden; dieser ist keiner oder nicht mehr da.',
  noTeam: 'Aus diesem Kanal wird das Team nicht gefragt.',
  privateOpened: 'Hier geht es privat weiter. Nur Sie und das Team lesen mit.',
  privateAsked: (title, url) => `Fortgesetzt von „${title}“: ${url}`,
  secret: (kinds) =>
    `Ihre Nachricht scheint ${kinds} zu enthalten. Hier können es alle lesen: Ändern oder löschen Sie sie, wenn das privat bleiben soll.`,
  secretRemoved: (kinds) =>
    `Ihre Nachricht schien ${kinds} zu enthalten, was alle lesen konnten; darum wurde sie entfernt. Bitte schreiben Sie sie ohne das noch einmal.`,
  secretIn: (url) => `Es geht um ${url}`,
  yourWords: 'Das waren Ihre Worte:',
  kinds: {
    token: 'ein Passwort oder einen Zugangsschlüssel',
    card: 'eine Kartennummer',
    mail: 'eine E-Mail-Adresse',
    phone: 'eine Telefonnummer',
  },
  masked: {
    token: 'Zugangsschlüssel',
    card: 'Kartennummer',
    mail: 'E-Mail-Adresse',
    phone: 'Telefonnummer',
  },
  moderators: {
    flood: (channel, posts) =>
      `${posts} Beiträge in einer Minute in ${channel}. Bis es vorbei ist, erhält jedes Mitglied höchstens eine Antwort, und nichts geht von selbst an das Team.`,
    noSolvedTag: (channel) =>
      `${channel} hat kein Schlagwort für gelöste Beiträge, sie sehen dort offen aus. Fügen Sie eines mit dem Namen „Gelöst“ hinzu; auch /setup tut das.`,
    secret: (url, kinds) => `Eine Nachricht scheint ${kinds} zu enthalten: ${url}`,
    secretRemoved: (url, kinds) => `Eine Nachricht, die ${kinds} zu enthalten schien, wurde entfernt: ${url}`,
  },
  /** For agents: why they need not answer any longer. */
  released: {
    answered: 'Jemand aus der Moderation hat auf Discord geantwortet.',
    solved: 'Auf Discord ist es gelöst.',
    closed: 'Auf Discord ist es geschlossen.',
    private: 'Es geht privat weiter.',
  },
  learning: {
    on: 'Was Sie in öffentlichen Threads schreiben, kann anderen helfen: Gelöste Beiträge werden denen gezeigt, die dasselbe fragen, ohne E-Mail-Adressen, Telefonnummern und Ähnliches.',
    off: 'Aus Ihren Worten in öffentlichen Threads wird nichts gelernt, und was bisher gelernt wurde, ist gelöscht.',
    turnOff: 'Nicht von mir lernen',
    turnOn: 'Von mir darf gelernt werden',
  },
  setup: {
    forum: 'Hilfeforum',
    made: (rule) => `angelegt, mit der Regel *${rule}*`,
    taken: (rule) => `wird jetzt betreut, mit der Regel *${rule}*`,
    tagMade: 'Ich habe ihm ein Schlagwort für gelöste Beiträge gegeben.',
    noTag: 'Es hat 20 Schlagwörter, und keines steht für gelöst: Nennen Sie eines „gelöst“.',
    noCommunity: 'Foren brauchen einen Community-Server: *Community aktivieren* in den Servereinstellungen',
    byOperator: 'es wird schon durch die Einstellungen des Betreibers betreut',
  },
  solvedTagNames: ['gelöst', 'erledigt', 'beantwortet', 'behoben'],
  forumName: 'hilfe',
};
