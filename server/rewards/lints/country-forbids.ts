import { COUNTRY_RULES } from "./country-rules.ts";
import type { Lint, LintContext } from "./lint.ts";
import { isEnrolment, levelsOf, moneyRules } from "./linted-plan.ts";

export const countryForbids: Lint = {
  code: "country_forbids",
  title: "Not permitted in the program's country",
  severity: "blocking",
  check: (plan, _promotions, context) =>
    rulesOfCountry(context).flatMap(({ country, law, since }) =>
      moneyRules(plan).flatMap(({ rule, at }) => {
        if (!isEnrolment(plan, rule) || !levelsOf(rule).some(({ level }) => level >= 1)) return [];
        return [
          {
            pointer: at,
            message: `“${rule.id}” pays money for enrolling people, which ${country} does not permit (${law}).`,
            figures: { country, law, since },
            fix: "Pay points for sign-ups, and money for purchases.",
          },
        ];
      }),
    ),
};

function rulesOfCountry({ currency, timeZone, now }: LintContext) {
  const today = now.toISOString().slice(0, 10);
  return COUNTRY_RULES.filter(
    ({ currencies, timeZones, since }) =>
      (currencies.includes(currency) || timeZones.includes(timeZone)) && since <= today,
  );
}
