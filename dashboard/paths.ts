/** Every address of the dashboard, below its base. */
export const BASE = "/app";

export const paths = {
  root: "/",
  signIn: "/sign-in",
  setUp: "/set-up",
  home: "/home",
  invite: "/invite",
  links: "/invite/links",
  invitations: "/invite/invitations",
  newInvitation: "/invite/new",
  bulk: "/invite/bulk",
  bulkList: (batchId: string) => `/invite/bulk/${batchId}`,
  network: "/network",
  friends: "/network/friends",
  earnings: "/earnings",
  inbox: "/inbox",
  preferences: "/preferences",
  programs: "/programs",
  program: (id: string) => `/programs/${id}`,
  participants: (id: string) => `/programs/${id}/participants`,
  participant: (id: string, participantId: string) => `/programs/${id}/participants/${participantId}`,
  referrals: (id: string) => `/programs/${id}/referrals`,
  claims: (id: string) => `/programs/${id}/referrals/claims`,
  referral: (id: string, referralId: string) => `/programs/${id}/referrals/${referralId}`,
  conversion: (id: string, conversionId: string) => `/programs/${id}/conversions/${conversionId}`,
  programInvitations: (id: string) => `/programs/${id}/invitations`,
  programBatch: (id: string, batchId: string) => `/programs/${id}/invitations/${batchId}`,
  plan: (id: string) => `/programs/${id}/plan`,
  /** `planId` is `new` for a text that is not kept yet. */
  draft: (id: string, planId: string) => `/programs/${id}/plan/${planId}`,
  replay: (id: string, planId: string) => `/programs/${id}/plan/${planId}/replay`,
  promotions: (id: string) => `/programs/${id}/plan/promotions`,
  ledger: (id: string) => `/programs/${id}/ledger`,
  settings: (id: string) => `/programs/${id}/settings`,
  general: (id: string) => `/programs/${id}/settings/general`,
  email: (id: string) => `/programs/${id}/settings/email`,
  brand: (id: string) => `/programs/${id}/settings/brand`,
  emailMessages: (id: string) => `/programs/${id}/settings/email/messages`,
  emailMessage: (id: string, name: string) => `/programs/${id}/settings/email/messages/${name}`,
  outbox: (id: string) => `/programs/${id}/settings/email/outbox`,
  suppressions: (id: string) => `/programs/${id}/settings/email/suppressions`,
  keys: (id: string) => `/programs/${id}/settings/keys`,
};

/** The pattern of a place and all that stands below it. */
export const below = (path: string): string => `${path}/*?`;
