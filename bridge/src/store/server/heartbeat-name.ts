/** What the connection of a running bridge's heartbeat is called, by which others see that it runs. */
export const HEARTBEAT_NAME = 'flexcord heartbeat';
