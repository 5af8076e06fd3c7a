import { SQL } from 'bun';
import { testPostgres } from '../../bridge/testing/postgres.ts';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

/** A database of its own behind a proxy that can take it away; the server and everybody else's databases are left alone. */
export interface ChaosDatabase {
  /** By way of the proxy. */
  url: string;
  proxy: TcpProxy;
  /** Has the server end every connection to this database. */
  terminateAll(): Promise<void>;
  drop(): Promise<void>;
}

/** `serverUrl`: where databases can be made; the server of the tests when absent. Throws where there is none. */
export async function createDatabase(serverUrl?: string): Promise<ChaosDatabase> {
  const address = serverUrl ?? (await testPostgres());
  if (!address) throw new Error('There is no PostgreSQL: give --database-url.');
  const name = `chaos_${crypto.randomUUID().replaceAll('-', '')}`;
  const admin = new SQL(address, { max: 1 });
  await admin.unsafe(`create database ${name}`);
  const { hostname: host, port } = new URL(address);
  const proxy = await startTcpProxy(() => [{ host, port: Number(port || 5432) }]);
  const own = new URL(address);
  own.hostname = '127.0.0.1';
  own.port = String(proxy.port);
  own.pathname = `/${name}`;
  return {
    url: own.href,
    proxy,
    async terminateAll() {
      await admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`;
    },
    async drop() {
      proxy.stop();
      await admin.unsafe(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}
