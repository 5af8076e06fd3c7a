import type { conversation as english } from '../en/conversation.ts';
import { commands } from './commands.ts';
import { refusals } from './refusals.ts';

/** What the bridge itself says in a conversation, and the buttons under it. */
export const conversation: typeof english = {
  greeting: (name) =>
    `Hallo ${name}! Schreiben Sie einfach, worum es geht. Ich suche die Antwort oder verbinde Sie mit unserem Team.`,
  askAway: 'Gern: Was möchten Sie wissen?',
  articlesSure: 'Das sollte weiterhelfen:',
  articlesUnsure: 'Ich bin nicht sicher, aber vielleicht ist das Richtige dabei:',
  noAnswer: 'Dazu habe ich nichts gefunden und möchte nicht raten. Soll ich Sie mit unserem Team verbinden?',
  welcome: 'Gern geschehen! Schreiben Sie jederzeit wieder.',
  transfer: (caseNumber, ahead) =>
    `Ihre Anfrage hat die Nummer **#${caseNumber}**. Ich verbinde Sie mit unserem Team; alles, was Sie geschrieben haben, wird mitgegeben.${ahead > 0 ? ` Vor Ihnen in der Warteschlange: ${ahead}.` : ''}`,
  barred: {
    closedHours: (caseNumber, when) =>
      `Unser Team ist gerade nicht erreichbar${when ? `; wir sind wieder da: ${when}` : ''}.${caseNumber === null ? '' : ` Ich habe für Sie die Anfrage **#${caseNumber}** eröffnet, damit nichts verloren geht.`} Bis dahin beantworte ich weiter, was ich kann.`,
    cooldown: (when) =>
      `Sie haben gerade erst mit unserem Team gesprochen. Wieder möglich ist das ab: ${when}. Bis dahin beantworte ich weiter, was ich kann.`,
    tooNew: (when) =>
      `Ihr Discord-Konto ist noch zu neu, um unser Team zu erreichen. Möglich ist das ab: ${when}. Bis dahin beantworte ich weiter, was ich kann.`,
  },
  blocked: 'Unser Team nimmt hier keine Nachrichten von Ihnen an. Was Sie schreiben, wird nicht gelesen.',
  stillWaiting: (caseNumber) =>
    caseNumber === null
      ? 'Sobald jemand aus unserem Team frei ist, geht es weiter.'
      : `Ihre Anfrage **#${caseNumber}** liegt unserem Team vor. Sobald jemand frei ist, geht es weiter.`,
  joined: (name) => `${name} ist dem Chat beigetreten.`,
  left: (name) => `${name} hat den Chat verlassen.`,
  solved: 'Schön, dass das geholfen hat! Schreiben Sie jederzeit wieder.',
  ended: (caseNumber) =>
    `Dieser Chat ist beendet${caseNumber === null ? '' : ` (Anfrage #${caseNumber})`}. Vielen Dank! Wenn Sie wieder schreiben, beginnt ein neuer.`,
  stillThere:
    'Sind Sie noch da? Schreiben Sie oder drücken Sie einen Button, sobald Sie bereit sind; sonst wird dieser Chat geschlossen.',
  takeYourTime: 'Lassen Sie sich Zeit. Dieser Chat bleibt offen.',
  leftQueue: (caseNumber, caseClosed) =>
    `Sie warten nicht mehr auf unser Team.${caseNumber === null ? '' : caseClosed ? ` Die Anfrage **#${caseNumber}** ist geschlossen.` : ` Die Anfrage **#${caseNumber}** bleibt offen, unser Team kann sie also weiterhin beantworten. Ist sie schon gelöst?`}${caseNumber !== null && !caseClosed ? '' : ' Schreiben Sie jederzeit wieder.'}`,
  inChat: 'Unser Team ist hier im Chat: Was Sie schreiben, wird dort gelesen.',
  offerToLeave:
    'Das freut mich! Wenn sonst nichts offen ist, brauchen Sie nicht länger auf unser Team zu warten.',
  offerToEnd: 'Soll dieser Chat beendet werden?',
  chatOver: 'Dieser Chat ist schon beendet. Wenn Sie hier schreiben, beginnt ein neuer.',
  neverMind: 'In Ordnung. Schreiben Sie jederzeit wieder.',
  closedQuiet: (caseNumber) =>
    `Da länger nichts geschrieben wurde, ist dieser Chat geschlossen${caseNumber === null ? '' : ` (Anfrage #${caseNumber})`}. Wenn Sie wieder schreiben, beginnt ein neuer; unser Team sieht, was bisher besprochen wurde.`,
  noCases: 'Sie haben keine Anfragen.',
  cases: 'Ihre letzten Anfragen',
  caseTitle: (caseNumber, title) => `Anfrage #${caseNumber}${title ? `: ${title}` : ''}`,
  caseCheckIn:
    'Ist das gelöst? Falls nicht, schreiben Sie mir hier oder lassen Sie sich mit unserem Team verbinden.',
  caseStatus: {
    open: 'offen',
    elevated: 'in Bearbeitung',
    waiting: 'wartet auf Sie',
    resolved: 'gelöst',
    closed: 'geschlossen',
  },
  undelivered: (reason) => `Diese Nachricht wurde nicht zugestellt, weil ${refusals[reason]}.`,
  discarded:
    'Diese Nachricht konnte nicht zugestellt werden, und unser Team hat sie verworfen. Wenn sie noch wichtig ist, schreib sie bitte noch einmal.',
  discardedFromMember: (by, name) =>
    `Eine Nachricht von ${name} konnte nicht an Flex zugestellt werden. ${by} hat sie verworfen, und ${name} wurde das gesagt.`,
  discardedToMember: (by, name) =>
    `Eine Nachricht an ${name} konnte nicht zugestellt werden. ${by} hat sie verworfen; sie wird nicht mehr gesendet.`,
  discardedOther: (by) => `Etwas, das nicht zugestellt werden konnte, wurde von ${by} verworfen.`,
  delayed:
    'Diese Nachricht ist noch nicht angekommen. Die Zustellung wird von selbst wiederholt; Sie brauchen sie nicht noch einmal zu senden.',
  button: {
    ask: 'Frage stellen',
    cases: 'Meine Anfragen',
    person: 'Mit dem Team sprechen',
    solved: 'Das hat geholfen',
    'case-solved': 'Ja, das ist gelöst',
    choose: 'Nichts davon',
    leave: 'Nicht länger warten',
    end: 'Chat beenden',
    here: 'Ich bin da',
    openDm: 'Unterhaltung öffnen',
  },
  helpReply: 'Ich habe Ihnen privat geschrieben. Dort lesen nur Sie und unser Team mit.',
  threadOpened: (thread) =>
    `Ihre Direktnachrichten sind für diesen Server geschlossen, deshalb habe ich Ihnen hier geschrieben: ${thread}. Dort lesen nur Sie und unser Team mit.`,
  dmClosed: `Ich kann Ihnen nicht schreiben: Ihre Direktnachrichten sind für diesen Server geschlossen. Erlauben Sie sie (Servername › Privatsphäre-Einstellungen › Direktnachrichten) und verwenden Sie dann noch einmal /${commands.helpme.name}.`,
  tryAgain: 'Das hat gerade nicht geklappt. Bitte versuchen Sie es gleich noch einmal.',
  tooMany:
    'Das war sehr viel auf einmal. Bitte warten Sie einige Sekunden und versuchen Sie es dann noch einmal.',
};
