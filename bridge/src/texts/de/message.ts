import type { message as english } from '../en/message.ts';

/** What the bridge says about a message: to members in their language, in transcripts in that of the agents. */
export const message: typeof english = {
  file: (name, size) => `Datei: ${name}, ${size}`,
  fileLost: (name, size) => `Datei: ${name}, ${size}; sie konnte nicht übertragen werden`,
  fileNotOpened: (name, size) =>
    `Datei: ${name}, ${size}; Flex ist nicht darauf eingestellt, solche Dateien zu öffnen`,
  linkExpires: 'Der Link funktioniert einige Minuten lang.',
  notFormatted: 'Die Nachricht wird ohne ihre Formatierung angezeigt, weil diese zu tief verschachtelt ist.',
  voice: (duration) => `Sprachnachricht, ${duration}`,
  voiceWords: (duration, words) => `Sprachnachricht, ${duration}: „${words}“`,
  described: (name, description) => `${name}: ${description}`,
  sticker: (name) => `Sticker: ${name}`,
  gif: (name) => (name ? `GIF: ${name}` : 'GIF'),
  sound: 'Sound',
  spoiler: (words) => `Spoiler: ${words}`,
  poll: (question, answers) => `Umfrage: ${question} (${answers})`,
  pollSeveral: (question, answers) => `Umfrage, mehrere Antworten möglich: ${question} (${answers})`,
  pollVotes: (count) => `– ${count} ${count === 1 ? 'Stimme' : 'Stimmen'}`,
  pollEnded: (question, winner, votes) =>
    `Umfrage beendet: ${question} – ${winner ? `${winner}, ${votes.winner} von ${votes.all} Stimmen` : votes.all ? `unentschieden, ${votes.all} Stimmen` : 'keine Stimmen'}`,
  forwarded: (words) => `Weitergeleitete Nachricht: ${words}`,
  noText: '(kein Text)',
  embed: (words) => `Einbettung: ${words}`,
  part: (words) => `Karte: ${words}`,
  unknownPart: (kind) => `Etwas, das hier nicht angezeigt werden kann: ${kind}`,
  activity: (name) => `Einladung zu einer Aktivität${name && `: ${name}`}`,
  empty: 'Eine Nachricht ohne Inhalt',
  contentHidden:
    'Eine Nachricht, deren Inhalt Discord dem Bot nicht zeigt; für ihn ist die Berechtigung „Message Content“ ausgeschaltet',
  unknown: (what) => `Eine Nachricht, die hier nicht angezeigt werden kann (${what})`,
  attachment: '(Anhang)',
  originalDeleted: '(die ursprüngliche Nachricht wurde gelöscht)',
  originalUnknown: '(die ursprüngliche Nachricht ist von hier aus nicht zu sehen)',
  somebody: 'Mitglied',
  role: 'Rolle',
  channel: 'Kanal',
  page: {
    customize: 'Kanäle & Rollen',
    browse: 'Kanäle durchsuchen',
    guide: 'Server-Guide',
    'linked-roles': 'Verknüpfte Rollen',
  },
  edited: (before) => `Bearbeitet${before && `. Vorher: ${before}`}`,
  fileRemoved: (name) => `Datei entfernt: ${name}`,
  deleted: (name) => `${name} hat diese Nachricht gelöscht`,
  wordsGone: '[gelöscht]',
  deletedFile: (name) => `${name} hat eine Datei gelöscht`,
  aFile: 'eine Datei',
  reacted: (name, emoji, what) => `${name} hat mit ${emoji} reagiert auf: ${what}`,
  unreacted: (name, emoji, what) => `${name} hat die Reaktion ${emoji} zurückgenommen von: ${what}`,
  leftQueue: (name) => `${name} hat die Warteschlange verlassen`,
  endedChat: (name) => `${name} hat den Chat beendet`,
  stillHere: (name) => `${name} ist noch da`,
  threadLocked: (name) =>
    `Der Thread mit ${name} wurde gesperrt; bis er entsperrt wird, ist dort keine Antwort möglich`,
  threadUnlocked: (name) => `Der Thread mit ${name} ist nicht mehr gesperrt`,
  threadArchived: (name) =>
    `Der Thread mit ${name} wurde archiviert; die nächste Nachricht öffnet ihn wieder`,
  threadDeleted: (name) => `Der Thread mit ${name} wurde gelöscht; die nächste Nachricht öffnet einen neuen`,
  removedFromThread: (name) =>
    `${name} wurde von der Moderation aus dem Thread entfernt und sieht ihn nicht mehr`,
  banned: (name, server) =>
    `${name} wurde vom Server ${server} gebannt und ist möglicherweise nicht mehr erreichbar`,
  wordsRemoved: (what) => `Die Moderation hat ${what} aus dem Thread entfernt`,
  inPublic: {
    heading: (title, channel) =>
      `Öffentlich: Alle auf dem Server lesen, was Sie antworten. „${title}“ in #${channel}`,
    asked: (by) => `${by} hat nach dem Team gefragt`,
    brought: (by) => `${by} hat es ans Team gegeben`,
    unanswered: (minutes) => `Seit ${minutes} Minuten hat niemand geantwortet`,
    rule: 'Jeder Beitrag dieses Kanals kommt zum Team',
    leftOut: (count) => `${count} frühere Nachrichten fehlen hier; der Link führt zu allen`,
    archived: 'Der Thread wurde archiviert; Ihre nächste Nachricht öffnet ihn wieder',
    locked: 'Die Moderation hat den Thread gesperrt: Bis er entsperrt ist, schreibt dort niemand',
    unlocked: 'Der Thread ist nicht mehr gesperrt',
    deleted: 'Der Thread wurde gelöscht: Niemand liest mehr, was Sie hier schreiben',
    channel: {
      open: 'Der Bot darf im Kanal wieder lesen und schreiben',
      'read-only': 'Der Bot darf im Kanal nicht mehr schreiben: Was Sie schreiben, erscheint nicht',
      hidden:
        'Der Bot sieht den Kanal nicht mehr: Von dort kommt nichts, und was Sie schreiben, erscheint nicht',
      deleted: 'Der Kanal wurde mit allen Threads gelöscht: Niemand liest mehr, was Sie hier schreiben',
    },
    editedEarlier: (name, now) =>
      `${name} hat eine Nachricht bearbeitet, die geschrieben war, bevor der Thread zu Ihnen kam. Sie lautet jetzt: ${now}`,
    deletedEarlier: (name) =>
      `${name} hat eine Nachricht gelöscht, die geschrieben war, bevor der Thread zu Ihnen kam`,
  },
  renamed: (from, to) => `${from} heißt jetzt ${to}`,
  did: {
    1: (name) => `${name} hat jemanden hinzugefügt`,
    2: (name) => `${name} hat jemanden entfernt oder ist gegangen`,
    3: (name) => `${name} hat einen Anruf gestartet`,
    4: (name) => `${name} hat den Thread umbenannt`,
    6: (name) => `${name} hat eine Nachricht angepinnt`,
  },
  didUnknown: (name, kind) => `${name} hat etwas getan, das hier nicht angezeigt werden kann (${kind})`,
};
