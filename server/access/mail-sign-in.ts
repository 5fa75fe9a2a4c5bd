import type { Participation } from "./session.ts";

/** A mail to sign in with, as it is handed to whoever sends mails. */
export type SignInMail = {
  programId: string;
  participantId: string | null;
  email: string;
  token: string;
  code: string;
  /** What the reader's browser accepts. */
  languages: string | undefined;
};

/** What signing in by mail needs of the rooms below; there is none where no mails are sent. */
export type MailSignIn = {
  post(mail: SignInMail): Promise<void>;
  /** The address of these participants is proven. */
  proven(participations: readonly Participation[]): Promise<void>;
};
