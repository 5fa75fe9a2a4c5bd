import { type Static, Type } from "typebox";
import { Closed, OneOf } from "../../primitives/wire.ts";

const Channel = OneOf(
  ["whatsapp", "sms", "email", "x", "facebook", "linkedin", "telegram", "copy", "native", "qr"],
  { description: "Where it is passed on; `native` is the device's own sheet" },
);

export const NewShare = Closed({ channel: Channel });

export const ShareAnswer = Closed({
  link: Closed({ id: Type.String(), url: Type.String() }),
  card_url: Type.String({ description: "The picture that messages show under the link" }),
  channels: Type.Array(
    Closed({
      channel: Channel,
      url: Type.String({
        description: "The link with the channel's mark, so that what comes of it is counted",
      }),
    }),
    { description: "What this program's people use most comes first" },
  ),
  texts: Type.Array(
    Closed({
      language: Type.String(),
      subject: Type.String(),
      text: Type.String(),
      disclosure: Type.String({ description: "Who earns; it stands in every text that is shared" }),
    }),
  ),
});
export type ShareAnswer = Static<typeof ShareAnswer>;
