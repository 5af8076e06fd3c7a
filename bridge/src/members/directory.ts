/** What Discord itself says of a member, beyond what the bridge keeps. */
export interface DirectoryEntry {
  username: string;
  displayName: string;
  avatarUrl: string | null;
  /** Milliseconds since the epoch; null for somebody who is not in the server. */
  joinedAt: number | null;
  boostingSince: number | null;
  /** Highest first, without `@everyone`. */
  roles: { id: string; name: string; color: string | null }[];
}

/** Asks Discord. Null for somebody whom the bridge cannot see. */
export type DirectoryLookup = (memberId: string) => Promise<DirectoryEntry | null>;
