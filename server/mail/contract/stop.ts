import { Type } from "typebox";
import { OneOf } from "../../primitives/wire.ts";

export const StopParams = Type.Object({ token: Type.String({ maxLength: 400 }) });

/** The form of our page, or what a mailbox sends by itself (RFC 8058), whose field has another name. */
export const StopForm = Type.Object({
  stop: Type.Optional(OneOf(["inviter", "invitations", "message", "optional", "none"])),
});
