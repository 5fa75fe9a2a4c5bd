import type { Lint } from "./lint.ts";

/** Less than this, and nobody who looks once a month has seen it coming. */
const NOTICE_DAYS_MIN = 30;

export const expiresWithoutNotice: Lint = {
  code: "expires_without_notice",
  title: "Expires before anybody notices",
  severity: "advisory",
  check: ({ expires_days: expiresDays = {} }) =>
    Object.entries(expiresDays).flatMap(([what, days]) => {
      if (days >= NOTICE_DAYS_MIN) return [];
      return [
        {
          pointer: `/expires_days/${what}`,
          message: `What is earned as ${what} is gone after ${days} days: there is no time to tell people before.`,
          figures: { days, least: NOTICE_DAYS_MIN },
          fix: `Let it last ${NOTICE_DAYS_MIN} days at least.`,
        },
      ];
    }),
};
