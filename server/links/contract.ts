import { Type } from "typebox";
import { Closed, IdText } from "../primitives/wire.ts";

export const LinkParams = Closed({ link: IdText });
export const QrQuery = Closed({ format: Type.Optional(Type.Literal("svg")) });
