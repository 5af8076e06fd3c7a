import { BridgeProblem } from '../../../utils/bridge/client.ts';

/** The columns of a file of which none is known as a title; empty where an import failed for something else. */
export function unknownColumnsOf(error: unknown): string[] {
  const columns = error instanceof BridgeProblem ? error.details.columns : undefined;
  return Array.isArray(columns) ? columns.filter((name): name is string => typeof name === 'string') : [];
}
