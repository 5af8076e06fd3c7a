import type { cases as english } from '../en/cases.ts';
import { pluralsOf } from '../plural.ts';
import { commands } from './commands.ts';
import { refusals } from './refusals.ts';

const plural = pluralsOf('de');
const list = `\`/${commands.case.name} ${commands.list.name}\``;
const comment = `\`/${commands.case.name} ${commands.comment.name}\``;

/** Cases on Discord: cards, votes, followers, a member's own cases, ratings. */
export const cases: typeof english = {
  card: {
    status: 'Status',
    votes: 'Stimmen',
    followers: 'Abos',
    by: (name) => `von ${name}`,
    vote: (votes) => `Abstimmen (${votes})`,
    follow: 'Abonnieren',
    view: 'Ansehen',
  },
  voted: (caseNumber, votes) =>
    `Sie haben für #${caseNumber} gestimmt. Das macht jetzt ${votes} ${plural(votes, { one: 'Stimme', other: 'Stimmen' })}.`,
  votedAlready: (caseNumber) => `Sie haben für #${caseNumber} schon gestimmt; jede Person hat eine Stimme.`,
  unvoted: (caseNumber) => `Ihre Stimme für #${caseNumber} ist zurückgenommen.`,
  unvote: 'Stimme zurücknehmen',
  following: (caseNumber) => `Sie haben #${caseNumber} abonniert: Ich schreibe Ihnen, sobald sich etwas tut.`,
  followingAlready: (caseNumber) => `Sie haben #${caseNumber} schon abonniert.`,
  unfollowed: (caseNumber) => `Sie haben #${caseNumber} nicht mehr abonniert.`,
  unfollow: 'Abo beenden',
  finished: (caseNumber) => `#${caseNumber} ist abgeschlossen; Stimmen werden nicht mehr gezählt.`,
  noSuchCase: (caseNumber) => `Sie haben keine Anfrage #${caseNumber}. ${list} zeigt die, die Sie haben.`,
  gone: 'Diese Anfrage gibt es nicht mehr.',
  none: `Sie haben noch keine Anfragen. \`/${commands.bug.name}\`, \`/${commands.feature.name}\` und \`/${commands.helpme.name}\` eröffnen eine.`,
  page: (from, to) => `${from}–${to}`,
  newer: 'Neuere',
  older: 'Ältere',
  commented: (caseNumber) => `Ihr Kommentar ist bei Anfrage #${caseNumber} eingegangen.`,
  closed: (caseNumber) => `Anfrage #${caseNumber} ist geschlossen. Danke für die Rückmeldung.`,
  alreadyFinished: (caseNumber, status) =>
    `Anfrage #${caseNumber} ist schon „${status}“; es gibt nichts zu schließen.`,
  reopened: (caseNumber) =>
    `Anfrage #${caseNumber} ist wieder offen. Schreiben Sie uns, was fehlt: ${comment}.`,
  notReopened: (caseNumber, status) =>
    `Anfrage #${caseNumber} ist „${status}“; sie muss nicht wieder geöffnet werden.`,
  duplicate: (caseNumber, other) => `Anfrage #${caseNumber} ist dieselbe wie #${other}; dort geht es weiter.`,
  notYet: 'Nein, noch nicht',
  unsolved: (caseNumber) => `Danke für die Rückmeldung: Wir machen mit Anfrage #${caseNumber} weiter.`,
  created: 'Eröffnet',
  nothingYet: 'Noch ist nichts passiert.',
  told: {
    elevated: 'Wir arbeiten an Ihrer Anfrage.',
    waiting: `Damit es weitergeht, brauchen wir etwas von Ihnen. Antworten Sie hier oder mit ${comment}.`,
    resolved: 'Ihre Anfrage ist gelöst. Falls nicht, öffnen Sie sie wieder und schreiben Sie uns, was fehlt.',
  },
  toldFollower: {
    elevated: 'Das Team arbeitet an dieser Anfrage, die Sie abonniert haben.',
    resolved: 'Diese Anfrage, die Sie abonniert haben, ist gelöst.',
  },
  reopen: 'Wieder öffnen',
  opened: (caseNumber, name) => `Anfrage **#${caseNumber}** ist eröffnet für ${name}.`,
  openedBefore: (caseNumber) => `Diese Nachricht ist schon Anfrage **#${caseNumber}**.`,
  notAMember: 'Das hat ein Bot oder ein Webhook geschrieben: Es gibt niemanden, dessen Anfrage es wäre.',
  rating: {
    ask: 'Wie war es? 1 ist schlecht, 5 ist gut.',
    thanks: (score) => `Vielen Dank! Ihre Bewertung: ${'★'.repeat(score)}${'☆'.repeat(5 - score)}.`,
    addComment: 'Kommentar hinzufügen',
    form: 'Ihr Kommentar',
    comment: 'Was war gut, was nicht?',
    commented: 'Vielen Dank für Ihren Kommentar! Das Team liest ihn.',
    notYours: 'Das war nicht Ihre Unterhaltung.',
  },
  cardRemoved:
    'Die Karte dieser Anfrage wurde aus ihrem Kanal auf dem Server entfernt. Sie wird nicht noch einmal gepostet; die Anfrage läuft weiter.',
  cardNotPosted: (reason) =>
    `Die Karte dieser Anfrage konnte auf dem Server nicht gepostet werden, weil ${refusals[reason]}.`,
};
