/** Somebody who is logged in to Flex, as their token says. */
export interface FlexUser {
  identity: string;
  /** Other roles than these exist too (https://www.twilio.com/docs/flex/admin-guide/core-concepts/users). */
  roles: string[];
  /** When the token ends, in milliseconds since the epoch. */
  expiresAt: number;
}

/** Roles whose holders may use the panel. */
const PANEL_ROLES: readonly string[] = ['agent', 'supervisor', 'admin'];
/** Roles whose holders may also assign, delete, export, read charts and keep articles. */
const SUPERVISOR_ROLES: readonly string[] = ['supervisor', 'admin'];

export const mayUsePanel = ({ roles }: Pick<FlexUser, 'roles'>): boolean =>
  roles.some((role) => PANEL_ROLES.includes(role));

export const isAdmin = ({ roles }: Pick<FlexUser, 'roles'>): boolean => roles.includes('admin');

export const isSupervisor = ({ roles }: Pick<FlexUser, 'roles'>): boolean =>
  roles.some((role) => SUPERVISOR_ROLES.includes(role));
