/** What Flex tells a view about where the agent is. */
export interface ViewProps {
  route?: { location: { pathname: string; search: string } };
}

/** The views of the views file, by name. */
export type Views = Record<string, (props: ViewProps) => JSX.Element>;
