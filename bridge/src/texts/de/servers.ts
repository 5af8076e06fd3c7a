import type { servers as english } from '../en/servers.ts';
import { commands } from './commands.ts';

const setup = `\`/${commands.setup.name}\``;

/** What is set up and published in a server, and who may do it. */
export const servers: typeof english = {
  onlyModerators: 'Das ist der Moderation dieses Servers vorbehalten.',
  onlyAdministrators: 'Das ist der Administration dieses Servers vorbehalten.',
  onlyInServers: 'Das geht nur auf einem Server.',
  notSetUp: `Es gibt noch keinen Kanal für Ankündigungen. Die Administration legt ihn mit ${setup} an.`,
  announcement: {
    form: 'Ankündigung',
    title: 'Titel',
    text: 'Text',
    textHint: 'Markdown ist möglich',
    link: 'Link',
    linkHint: 'https://…',
    preview: (channel) => `So wird es in ${channel} aussehen. Im Moment sehen nur Sie es.`,
    badLink: 'Der Link ist keine Webadresse und wurde weggelassen.',
    publish: 'Veröffentlichen',
    discard: 'Verwerfen',
    published: (channel) => `Die Ankündigung ist unterwegs nach ${channel}.`,
    held: (channel, reason) =>
      `Sie kann in ${channel} nicht veröffentlicht werden, weil ${reason}. ${setup} sagt, was fehlt. Sie ist nicht verloren: Sobald das behoben ist, wird sie veröffentlicht, höchstens einen Tag lang.`,
    because: { gone: 'es ihn nicht mehr gibt', forbidden: 'ich dort nicht schreiben darf' },
    discarded: 'Verworfen: Es wurde nichts veröffentlicht.',
  },
  panel: {
    title: 'Wie können wir helfen?',
    text: 'Hilfe gibt es privat: Antworten sofort und auf Wunsch persönlich von unserem Team. Fehler und Ideen können alle sehen, abonnieren und mit ihrer Stimme unterstützen.',
    help: 'Hilfe erhalten',
    bug: 'Fehler melden',
    feature: 'Funktion vorschlagen',
  },
  setup: {
    done: 'Dieser Server ist eingerichtet.',
    unfinished: `Dieser Server ist noch nicht ganz eingerichtet. Beheben Sie, was mit ❌ markiert ist, und verwenden Sie noch einmal ${setup}.`,
    made: 'angelegt',
    repaired: 'repariert',
    kept: 'war schon da',
    role: 'Rolle für die Moderation',
    panel: 'Nachricht mit den Buttons',
    missingPermission: (permission) => `Mir fehlt die Berechtigung *${permission}*`,
    failed: 'Discord hat es abgelehnt',
    plain: `ein Textkanal, weil dieser Server keine Community ist: Andere Server können ihm nicht folgen. *Community aktivieren* in den Servereinstellungen und noch einmal ${setup} ändern das`,
    full: {
      channels:
        'Dieser Server hat 500 Kanäle, mehr erlaubt Discord nicht; löschen Sie einen, den niemand braucht',
      roles:
        'Dieser Server hat 250 Rollen, mehr erlaubt Discord nicht; löschen Sie eine, die niemand braucht',
    },
    lacking: (permissions) => `Ich kann dort nicht arbeiten: Mir fehlt ${permissions}.`,
    hidden: 'Mitglieder sehen ihn nicht.',
    partly: (roles) => `Nur ${roles} sehen ihn.`,
    open: (roles) => `${roles} können dort schreiben, wo es nur die Moderation soll.`,
    powerless:
      'Ihren Mitgliedern fehlt *Nachrichten verwalten*, deshalb zeigt Discord ihnen die Befehle der Moderation nicht.',
    mend: 'Berechtigungen reparieren',
    mendHere: '*Berechtigungen reparieren* ändert das.',
    mendShows: '*Berechtigungen reparieren* zeigt ihn allen, mit allem, was darin geschrieben wurde.',
    askForChannel: `Das darf ich nicht ändern. Bitte ändern Sie es in den Einstellungen des Kanals unter *Berechtigungen* und verwenden Sie dann noch einmal ${setup}.`,
    askForRole: 'Das darf ich nicht ändern. Bitte ändern Sie es in den Servereinstellungen unter *Rollen*.',
    permissions: {
      channels: 'Kanäle verwalten',
      roles: 'Rollen verwalten',
      see: 'Kanäle ansehen',
      send: 'Nachrichten senden',
      embed: 'Links einbetten',
      attach: 'Dateien anhängen',
      history: 'Nachrichtenverlauf anzeigen',
      makeThreads: 'Private Threads erstellen',
      sendInThreads: 'Nachrichten in Threads senden',
      manageThreads: 'Threads verwalten',
    },
    roleName: 'Support-Moderation',
  },
};
