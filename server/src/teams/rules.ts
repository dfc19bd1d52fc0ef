/** Agents who share queues. */
export interface TeamRow {
  id: string;
  version: number;
  name: string;
  memberIds: string[];
  /** Has no members then, and stands in no list. */
  isDeleted: boolean;
}
