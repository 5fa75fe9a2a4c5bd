import { hashSecret } from "../platform/secret.ts";
import { type EmbedToken, isEmbedTokenSecret, secondsLeft } from "./embed-token.ts";
import type { Access } from "./open-access.ts";
import * as store from "./store.ts";

/** What an embed token stands for, or null when it is unknown or has ended. */
export async function findEmbedToken(access: Access, secret: string): Promise<EmbedToken | null> {
  if (!isEmbedTokenSecret(secret)) return null;
  const tokenHash = hashSecret(secret);
  const token = await access.embedTokens.get(tokenHash, () =>
    access.db.readDirectory((reader) => store.findEmbedToken(reader, tokenHash)),
  );
  return token && secondsLeft(token, access.clock()) > 0 ? token : null;
}
