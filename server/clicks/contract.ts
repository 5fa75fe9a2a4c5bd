import { Type } from "typebox";
import { Closed, VisitorId } from "../primitives/wire.ts";

export const CodeParams = Closed({ code: Type.String({ maxLength: 200 }) });

export const TokenParams = Closed({ token: Type.String({ maxLength: 200 }) });

export const NewClick = Closed({
  code: Type.String({ minLength: 1, maxLength: 100 }),
  referrer: Type.Optional(Type.String({ maxLength: 2000 })),
  user_agent: Type.Optional(Type.String({ maxLength: 1000 })),
  visitor_id: Type.Optional(VisitorId),
  consent: Type.Optional(
    Type.Boolean({
      description: "The visitor agreed to be known again; without it `visitor_id` is not kept",
    }),
  ),
  ip: Type.Optional(Type.String({ maxLength: 64, description: "Kept as a keyed hash only" })),
});

export const ClickAnswer = Closed({
  id: Type.String(),
  code: Type.String(),
  participant_id: Type.String(),
});
