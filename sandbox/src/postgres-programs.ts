import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where Debian, Homebrew and a plain install keep the server's programs. */
const PLACES = ['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt', '/usr/local/pgsql'];
/** The user `nobody`: PostgreSQL refuses to run as root. */
const UNPRIVILEGED_USER = 65534;

/** The folder of this machine's newest PostgreSQL server programs; null where there are none. */
export function findPostgresPrograms(): string | null {
  for (const place of PLACES.filter(existsSync)) {
    for (const version of readdirSync(place).sort().reverse()) {
      const bin = join(place, version, 'bin');
      if (existsSync(join(bin, 'initdb'))) return bin;
    }
    if (existsSync(join(place, 'bin', 'initdb'))) return join(place, 'bin');
  }
  return null;
}

/** As whom the server runs: `user` owns its folder, and `prefix` stands before its commands. Null and empty unless this is root. */
export function postgresUser(): { user: number | null; prefix: string[] } {
  if (process.getuid?.() !== 0) return { user: null, prefix: [] };
  const prefix = [
    'setpriv',
    `--reuid=${UNPRIVILEGED_USER}`,
    `--regid=${UNPRIVILEGED_USER}`,
    '--clear-groups',
  ];
  return { user: UNPRIVILEGED_USER, prefix };
}
