import { Manager } from '@twilio/flex-ui';

/** Whether the agent may see how the bridge gets on. */
export const isAdmin = (): boolean => Manager.getInstance().user.roles.includes('admin');

/** Whether the agent may assign any case and edit articles. The bridge enforces it; the plugin only hides what would fail. */
export const isSupervisor = (): boolean =>
  Manager.getInstance().user.roles.some((role) => role === 'supervisor' || role === 'admin');
