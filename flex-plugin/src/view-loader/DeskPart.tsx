import * as React from 'react';

import { QueryState } from '../components/QueryState.tsx';
import type { Desk } from '../types/desk.ts';
import { usePluginFile } from './usePluginFile.ts';

type Props<Name extends keyof Desk> = { name: Name } & React.ComponentProps<Desk[Name]>;

/** A part of the agent's desk whose code comes from the bridge when it is first shown. */
export function DeskPart<Name extends keyof Desk>({ name, ...props }: Props<Name>) {
  const query = usePluginFile('desk');
  const Part = query.data?.[name] as React.ComponentType<unknown> | undefined;
  return Part ? <Part {...props} /> : <QueryState query={query}>{() => <span />}</QueryState>;
}
