/** Shows one participant's screen inside somebody else's page. */
export type EmbedToken = { programId: string; participantId: string; expiresAt: Date };

const PREFIX = "rh_emb_";
const PATTERN = /^rh_emb_[0-9A-Za-z]{43}$/;
export const EMBED_SECONDS_MAX = 3_600;

export function embedTokenSecret(random: string): string {
  return `${PREFIX}${random}`;
}

export function isEmbedTokenSecret(text: string): boolean {
  return PATTERN.test(text);
}

/** Whole seconds until the token ends; 0 when it has. */
export function secondsLeft(token: EmbedToken, now: Date): number {
  return Math.max(0, Math.floor((token.expiresAt.getTime() - now.getTime()) / 1000));
}
