/**
 * Why somebody gets it: because they asked for it just now; because something happened to what is theirs; because a
 * friend wants them to come. Only what was asked for goes out without a way to stop it.
 */
export type MessageKind = "transactional" | "notice" | "invitation";
