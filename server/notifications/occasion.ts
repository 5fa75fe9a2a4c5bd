/** Ids and words of ours, never a name: who reads it looks the names up. */
export type NoticeFacts = { readonly [fact: string]: string | number | null };

/** Something to tell one person of. */
export type Occasion = {
  participantId: string;
  message: string;
  /** Alike and within minutes it is told once, with how often and how much in all. */
  isGrouped: boolean;
  /** What makes it one of its kind: the same key is never told twice to the same person. */
  key: string;
  at: Date;
  facts: NoticeFacts;
  amount: { minor: bigint; currency: string } | null;
};

/** What an occasion of a milestone is told from: rules by plan version. */
export type MilestoneRules = (planVersion: number, rule: string) => boolean;
