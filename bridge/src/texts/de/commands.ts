import type { commands as english } from '../en/commands.ts';

/** Names and descriptions of the commands, as Discord shows them. */
export const commands: typeof english = {
  helpme: { name: 'hilfe', description: 'Hilfe erhalten: sofort eine Antwort oder persönlich vom Team' },
  question: { name: 'frage', description: 'Was Sie wissen möchten' },
  bug: { name: 'fehler', description: 'Dem Team einen Fehler melden' },
  bugText: { name: 'beschreibung', description: 'Was passiert ist; ohne Angabe öffnet sich ein Formular' },
  feature: { name: 'idee', description: 'Eine neue Funktion oder Verbesserung vorschlagen' },
  featureText: { name: 'beschreibung', description: 'Ihre Idee; ohne Angabe öffnet sich ein Formular' },
  case: { name: 'anfrage', description: 'Ihre Anfragen' },
  list: { name: 'liste', description: 'Alle Ihre Anfragen' },
  view: { name: 'anzeigen', description: 'Eine Ihrer Anfragen und ihr Verlauf' },
  comment: { name: 'kommentieren', description: 'Einer Ihrer Anfragen etwas hinzufügen' },
  close: { name: 'schließen', description: 'Eine Anfrage schließen, die nicht mehr nötig ist' },
  number: { name: 'nummer', description: 'Nummer der Anfrage' },
  text: { name: 'text', description: 'Was das Team wissen sollte' },
  fromMessage: { name: 'Anfrage aus Nachricht eröffnen' },
  setup: {
    name: 'einrichten',
    description: 'Kanäle und Rolle für den Support anlegen oder reparieren',
  },
  announce: { name: 'ankündigung', description: 'Eine Ankündigung schreiben, ansehen und veröffentlichen' },
  markSolution: { name: 'Als Lösung markieren' },
  bringToTeam: { name: 'Das Team fragen' },
  privacy: {
    name: 'datenschutz',
    description: 'Ob anderen mit dem geholfen werden darf, was Sie öffentlich schreiben',
  },
  forumRule: {
    name: 'forum_regel',
    description: 'Auch ein Hilfeforum einrichten; was mit Beiträgen geschieht',
  },
  forum: { name: 'forum', description: 'Dieses Forum nehmen, statt eines anzulegen' },
  ruleWatch: { name: 'nur beobachten' },
  ruleAnswer: { name: 'beantworten, was sicher ist' },
  ruleEscalate: { name: 'beantworten und bei Bedarf das Team fragen' },
  rulePerson: { name: 'immer das Team fragen' },
};
