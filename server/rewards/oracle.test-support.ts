/**
 * A second settlement, written to be obviously right rather than fast, for the property tests to compare with.
 * It shares no code with the first: it reads the plan document itself and calculates on strings of digits, as
 * one does on paper.
 */

type OracleMoney = { amount: number; currency: string };
export type OracleRule = {
  id: string;
  rule: string;
  on: string;
  when?: { amount_above?: OracleMoney };
  levels: { level: number; rate?: string; amount?: OracleMoney; points?: number }[];
};
export type OracleMember = { participantId: string; level: number; legParticipantId: string; status: string };
export type OracleFacts = {
  plan: { currency: string; inactive_upline: string; composition: string; rules: OracleRule[] };
  buyer: string;
  kind: string;
  /** Minor units in decimal digits. */
  amount: string;
  profit: string | null;
  /** A percent with exactly four decimals. */
  margin: string;
  referral: string;
  /** Nearest first, without gaps. */
  upline: OracleMember[];
};

type Answer = {
  rule: number;
  level: number;
  who: string;
  leg: string;
  pays: string;
  currency: string;
  no: string;
};

/** Every verdict as one line of text, sorted. */
export function oracleVerdicts(facts: OracleFacts): string[] {
  const { plan } = facts;
  const answers = plan.rules.flatMap((_, rule) => answersOf(facts, rule));
  const grants = answers.filter((answer) => answer.no === "");
  return answers
    .map((answer) => {
      const { id, rule } = plan.rules[answer.rule] as OracleRule;
      const lost =
        answer.no === "" && plan.composition !== "all" && bestOf(plan.composition, grants, answer) !== answer;
      const paid = trim(answer.pays.slice(0, -6));
      const no = lost ? "other_rule_won" : answer.no === "" && paid === "0" ? "rounds_to_zero" : answer.no;
      if (no !== "") return `${id} level ${answer.level} passes ${answer.who || "nobody"}: ${no}`;
      const kind = rule === "points" ? "points" : rule === "fixed_amount" ? "bonus" : "commission";
      return `${id} level ${answer.level} pays ${answer.who} ${kind} ${paid} ${answer.currency} by ${answer.leg}`;
    })
    .sort();
}

function bestOf(composition: string, grants: Answer[], answer: Answer): Answer | undefined {
  const rivals = grants.filter(
    ({ level, currency }) => level === answer.level && currency === answer.currency,
  );
  if (composition === "first") return rivals[0];
  return rivals.reduce((best, rival) => (isMore(rival.pays, best.pays) ? rival : best));
}

function answersOf(facts: OracleFacts, index: number): Answer[] {
  const { plan, upline } = facts;
  const rule = plan.rules[index] as OracleRule;
  const currency = rule.rule === "points" ? "PTS" : plan.currency;
  const answer = (level: number, who: OracleMember | undefined, no: string, pays = ""): Answer => {
    return {
      rule: index,
      level,
      who: who?.participantId ?? "",
      leg: who?.legParticipantId ?? "",
      pays,
      currency,
      no,
    };
  };
  if (rule.on !== facts.kind) return [answer(0, undefined, "trigger_mismatch")];

  const skips = plan.inactive_upline === "compress";
  const standing = skips ? upline.filter(({ status }) => status !== "suspended") : upline;
  const deepestOfPlan = Math.max(...plan.rules.flatMap(({ levels }) => levels.map(({ level }) => level)));
  const deepest = Math.max(...rule.levels.map(({ level }) => level));
  const why = reasonForAll(facts, rule);
  const answers: Answer[] = [];
  for (let level = 1; level <= deepestOfPlan; level++) {
    const who = standing[level - 1];
    const terms = rule.levels.find((entry) => entry.level === level);
    if (terms === undefined) {
      if (who !== undefined && why === "") answers.push(answer(level, who, "no_rate_for_level"));
      continue;
    }
    const pays = amountOf(facts, rule, terms);
    const no = why || reasonAt(facts, who, pays);
    answers.push(answer(level, who, no, pays));
  }
  if (skips) {
    upline.forEach((member, position) => {
      if (member.status !== "suspended") return;
      const standingBelow = upline.slice(0, position).filter(({ status }) => status !== "suspended").length;
      if (standingBelow < deepest) answers.push(answer(member.level, member, "upline_inactive"));
    });
  }
  return answers;
}

function reasonForAll(facts: OracleFacts, rule: OracleRule): string {
  if (facts.referral === "none") return "not_referred";
  if (facts.referral === "no_reward") return "over_direct_limit";
  if (facts.referral === "rejected") return "referral_rejected";
  const above = rule.when?.amount_above;
  if (above !== undefined && !isMore(facts.amount, String(above.amount))) return "below_minimum";
  if (rule.rule === "percent_of_profit" && !isMore(profitOf(facts), "0")) return "no_profit";
  if (rule.rule === "percent_of_amount" && !isMore(facts.amount, "0")) return "no_amount";
  return "";
}

function reasonAt(facts: OracleFacts, who: OracleMember | undefined, pays: string): string {
  if (who === undefined) return "no_upline_at_level";
  if (who.participantId === facts.buyer) return "own_conversion";
  if (who.status === "suspended") return "upline_inactive";
  if (who.status === "over_limit") return "over_direct_limit";
  return pays === "0" ? "rounds_to_zero" : "";
}

/** With six decimals, not rounded. */
function amountOf(facts: OracleFacts, rule: OracleRule, terms: OracleRule["levels"][number]): string {
  if (terms.points !== undefined) return `${terms.points}000000`;
  if (terms.amount !== undefined) return `${terms.amount.amount}000000`;
  return exactPercentOf(
    rule.rule === "percent_of_profit" ? profitOf(facts) : facts.amount,
    terms.rate ?? "0",
  );
}

function profitOf(facts: OracleFacts): string {
  return facts.profit ?? percentOf(facts.amount, facts.margin);
}

function percentOf(whole: string, percent: string): string {
  return trim(exactPercentOf(whole, percent).slice(0, -6));
}

/** Multiply by the percent without its point: its four decimals and the two of "per hundred" are the last six digits. */
function exactPercentOf(whole: string, percent: string): string {
  if (whole.startsWith("-")) return "0";
  const [units = "0", decimals = ""] = percent.split(".");
  return trim(times(whole, trim(units + decimals.padEnd(4, "0"))));
}

/** floor(a × b ÷ c) by long division, digit by digit. */
export function oracleShare(a: string, b: string, c: string): string {
  let rest = "0";
  let quotient = "";
  for (const digit of times(a, b)) {
    rest = trim(rest + digit);
    let count = 0;
    while (!isMore(c, rest)) {
      rest = minus(rest, c);
      count++;
    }
    quotient += count;
  }
  return trim(quotient);
}

/** a − b for a ≥ b. */
export function minus(a: string, b: string): string {
  const under = b.padStart(a.length, "0");
  let borrow = 0;
  let out = "";
  for (let i = a.length - 1; i >= 0; i--) {
    const digit = Number(a[i]) - Number(under[i]) - borrow;
    borrow = digit < 0 ? 1 : 0;
    out = String(digit + borrow * 10) + out;
  }
  return trim(out);
}

function isMore(a: string, b: string): boolean {
  if (a.startsWith("-")) return false;
  return a.length === b.length ? a > b : a.length > b.length;
}

function times(a: string, b: string): string {
  const columns: number[] = new Array(a.length + b.length).fill(0);
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++)
      columns[i + j + 1] = (columns[i + j + 1] ?? 0) + Number(a[i]) * Number(b[j]);
  }
  for (let i = columns.length - 1; i > 0; i--) {
    columns[i - 1] = (columns[i - 1] ?? 0) + Math.floor((columns[i] ?? 0) / 10);
    columns[i] = (columns[i] ?? 0) % 10;
  }
  return columns.join("");
}

function trim(digits: string): string {
  return digits.replace(/^0+(?=\d)/, "") || "0";
}
