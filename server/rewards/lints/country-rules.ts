/** What a country does not let a plan do, from a day on. Dated data: a law that changes is a new line. */
type CountryRule = {
  country: string;
  /** A program of this currency or time zone is one of this country. */
  currencies: readonly string[];
  timeZones: readonly string[];
  since: string;
  forbids: "money_for_enrolment";
  law: string;
};

export const COUNTRY_RULES: readonly CountryRule[] = [
  {
    country: "India",
    currencies: ["INR"],
    timeZones: ["Asia/Kolkata", "Asia/Calcutta"],
    since: "2021-12-28",
    forbids: "money_for_enrolment",
    law: "Consumer Protection (Direct Selling) Rules, 2021",
  },
];
