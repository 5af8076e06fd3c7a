/** What a member or follower is told of a case that went on. */
export type CommunityNotice =
  | { is: 'case-moved'; caseNumber: number; title: string; status: 'elevated' | 'waiting' | 'resolved' }
  | { is: 'followed-case-moved'; caseNumber: number; title: string; status: 'elevated' | 'resolved' };
