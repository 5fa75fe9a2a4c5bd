import { type Static, Type } from "typebox";

const Sent = Type.Optional(Type.String({ maxLength: 2000 }));

export const CardParams = Type.Object({ code: Type.String({ maxLength: 100 }) });

/**
 * Links collect parameters of others on their way, so unknown ones are left alone. By `via`, `fp_ref` and `grsf` other
 * products know what we call `ref`: their links, once imported, go on working.
 */
export const JoinQuery = Type.Object({
  ref: Sent,
  via: Sent,
  fp_ref: Sent,
  grsf: Sent,
  click: Sent,
  invitation: Sent,
  program: Sent,
});

/** A form as it was sent; what is wrong with a field is said beside the field, not by this schema. */
export const JoinForm = Type.Object({
  name: Sent,
  email: Sent,
  ref: Sent,
  click: Sent,
  invitation: Sent,
  program: Sent,
  country: Sent,
  shown: Sent,
  news: Sent,
  once: Sent,
});

export const JoinedQuery = Type.Object({ pass: Sent });
export const JoinedForm = JoinedQuery;

export const StyleQuery = Type.Object({ theme: Sent, v: Sent });

export const PreviewQuery = Type.Object({
  program_id: Sent,
  state: Sent,
  theme: Sent,
  color: Sent,
  headline: Sent,
  lead_text: Sent,
  button: Sent,
  v: Sent,
});

export const VerifyForm = Type.Object({ pass: Sent, code: Sent, again: Sent });
export const InvitedForm = Type.Object({ pass: Sent, who: Sent, on: Sent, note: Sent });
export const TokenParams = Type.Object({ token: Type.String({ maxLength: 200 }) });

export type JoinQuery = Static<typeof JoinQuery>;
export type JoinForm = Static<typeof JoinForm>;
