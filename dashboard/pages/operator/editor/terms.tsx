import { Section } from "../../../ui/page.tsx";
import { ChoiceBlank, NumberBlank, PickBlank, TextBlank } from "./blanks.tsx";
import { Conditions } from "./conditions.tsx";
import { useDraft } from "./draft-context.tsx";
import { Trigger } from "./trigger.tsx";

const OVERFLOWS = [
  ["reject", "joins without an advocate"],
  ["no_reward", "joins, and earns the advocate nothing"],
  ["spillover", "is placed with the first one below who has room"],
  ["waitlist", "waits for the next free place"],
] as const;
const INACTIVE = [
  ["lapse", "lapses"],
  ["hold", "is kept until they are active again"],
  ["compress", "passes up to the next active one"],
] as const;
const COMPOSITIONS = [
  ["all", "every rule pays"],
  ["first", "only the first that grants pays"],
  ["best", "only the one that grants most pays"],
] as const;
const ACTS = [
  ["purchase", "bought something"],
  ["sign_in", "opened their page"],
] as const;

/** What holds around the rules, a sentence each. */
export function Terms() {
  const { document } = useDraft();
  return (
    <Section title="On these terms">
      <div className="divide-y divide-line leading-9 [&>p]:py-2">
        <p>
          The plan is called <TextBlank pointer="/name" label="Name of the plan" /> and counts in{" "}
          <TextBlank pointer="/currency" label="Currency" />.
        </p>
        <DirectLimit />
        <p>
          Earnings become available <NumberBlank pointer="/hold_days" label="Days on hold" /> days after the
          order.
        </p>
        <p>
          A link visit counts for{" "}
          <NumberBlank pointer="/attribution_window_days" label="Days a visit counts" /> days.
        </p>
        <p>
          The share of somebody who is not active{" "}
          <ChoiceBlank pointer="/inactive_upline" label="Share of who is not active" choices={INACTIVE} />.
        </p>
        <Activity />
        <p>
          Where several rules pay the same level in one currency,{" "}
          <ChoiceBlank pointer="/composition" label="How rules combine" choices={COMPOSITIONS} />.
        </p>
        <Qualifies />
        <p>
          Points expire after{" "}
          <NumberBlank pointer="/expires_days/points" label="Days until points expire" whenNone="never" />{" "}
          days, credit after{" "}
          <NumberBlank pointer="/expires_days/credit" label="Days until credit expires" whenNone="never" />{" "}
          days.
        </p>
        <OnRefund />
        {document.existing_referrals !== undefined && <Existing />}
      </div>
    </Section>
  );
}

function DirectLimit() {
  const { document, change } = useDraft();
  const isLimited = document.direct_limit !== null;
  return (
    <p>
      One participant may refer{" "}
      <ChoiceOfTwo
        label="Limit of direct friends"
        value={isLimited ? "some" : "any"}
        choices={[
          ["any", "as many people as they like"],
          ["some", "at most"],
        ]}
        onChoose={(value) => change("/direct_limit", value === "any" ? null : 8)}
      />{" "}
      {isLimited && (
        <>
          <NumberBlank pointer="/direct_limit" label="Direct friends at most" /> people directly; a further
          one <ChoiceBlank pointer="/overflow" label="A further one" choices={OVERFLOWS} />
        </>
      )}
      .
    </p>
  );
}

function Activity() {
  const { document, change } = useDraft();
  const { activity } = document;
  return (
    <p>
      Active is{" "}
      <ChoiceOfTwo
        label="Who is active"
        value={activity ? "acts" : "all"}
        choices={[
          ["all", "everybody who is not suspended"],
          ["acts", "only who"],
        ]}
        onChoose={(value) =>
          change("/activity", value === "all" ? undefined : { within_days: 90, by: ["purchase", "sign_in"] })
        }
      />{" "}
      {activity && (
        <>
          <PickBlank pointer="/activity/by" label="Did one of these" choices={ACTS} /> within{" "}
          <NumberBlank pointer="/activity/within_days" label="Days of activity" /> days before
        </>
      )}
      .
    </p>
  );
}

function Qualifies() {
  const { document, change } = useDraft();
  const { qualifies } = document;
  return (
    <p>
      A referral qualifies with{" "}
      <ChoiceOfTwo
        label="What qualifies a referral"
        value={qualifies ? "own" : "first"}
        choices={[
          ["first", "the first time the advocate earns from it"],
          ["own", "what is said here:"],
        ]}
        onChoose={(value) => change("/qualifies", value === "first" ? undefined : { on: "purchase" })}
      />{" "}
      {qualifies && (
        <>
          <Trigger pointer="/qualifies/on" isQualifying />
          <Conditions pointer="/qualifies/when" isAboutHolder={false} />
        </>
      )}
    </p>
  );
}

function OnRefund() {
  return (
    <p>
      After a refund, caps and budgets{" "}
      <ChoiceBlank
        pointer="/on_refund/caps"
        label="Caps and budgets after a refund"
        fallback="give_back"
        choices={[
          ["give_back", "have that much room again"],
          ["keep", "stay used"],
        ]}
      />
      , and a milestone it led to{" "}
      <ChoiceBlank
        pointer="/on_refund/milestones"
        label="Milestones after a refund"
        fallback="keep"
        choices={[
          ["keep", "stays"],
          ["take_back", "is taken back after a full refund"],
        ]}
      />
      .
    </p>
  );
}

function Existing() {
  return (
    <p>
      Referrals made before{" "}
      <ChoiceBlank
        pointer="/existing_referrals"
        label="Referrals made before"
        choices={[
          ["move", "move to this version"],
          ["keep", "keep the version they had"],
        ]}
      />
      .
    </p>
  );
}

type TwoProps = {
  label: string;
  value: string;
  choices: readonly (readonly [string, string])[];
  onChoose: (value: string) => void;
};

/** A choice that is not a value of the document, but whether something stands in it. */
function ChoiceOfTwo({ label, value, choices, onChoose }: TwoProps) {
  return (
    <select
      aria-label={label}
      value={value}
      onInput={(event) => onChoose(event.currentTarget.value)}
      className="mx-0.5 field-sizing-content h-8 leading-none pointer-coarse:min-h-11 max-w-full rounded-control border border-line-strong bg-surface px-2 font-medium"
    >
      {choices.map(([choice, words]) => (
        <option key={choice} value={choice}>
          {words}
        </option>
      ))}
    </select>
  );
}
