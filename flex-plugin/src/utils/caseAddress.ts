// Never without a query: Flex 2.17 keeps the current one where a new address has none.

/** Where the Cases view shows a case. */
export const caseAddress = (caseId: string) => `/flexcord-cases/${caseId}?view=table`;

/** Where the Cases view lists the cases of a member. */
export const memberCasesAddress = (memberId: string) => `/flexcord-cases?view=table&memberId=${memberId}`;
