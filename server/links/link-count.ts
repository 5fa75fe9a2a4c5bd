/** What a link brought on one day of the program's calendar, `2026-03-01`. */
export type LinkCount = {
  linkId: string;
  day: string;
  clicks: number;
  signups: number;
  qualified: number;
  rewarded: number;
};

/** How far back a link's days are shown. */
export const LINK_DAYS = 30;

/** What is counted for one link; its days the oldest first, the last one today. */
export type LinkCounts = {
  clicks: number;
  signups: number;
  qualified: number;
  rewarded: number;
  clicksByDay: number[];
  signupsByDay: number[];
};
