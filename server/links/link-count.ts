/** What a link brought on one day of the program's calendar, `2026-03-01`. */
export type LinkCount = {
  linkId: string;
  day: string;
  clicks: number;
  signups: number;
  qualified: number;
  rewarded: number;
};
