import type { ComponentChildren } from "preact";
import { Link } from "wouter";
import { Amount } from "../../parts/amount.tsx";
import { PersonLink } from "../../parts/person-link.tsx";
import { useScope } from "../../parts/scope.tsx";
import { sentenceCase } from "../../parts/status.tsx";
import { paths } from "../../paths.ts";
import type { Conversion, Fact, Money, Refund, Reward } from "../../wire.ts";

/** One fact of the log, said in a sentence that leads to what it is about. */
export function FactSentence({ fact }: { fact: Fact }) {
  const { object } = fact.data;
  const text = (key: string) => (typeof object[key] === "string" ? (object[key] as string) : null);
  switch (fact.type) {
    case "participant.created":
      return (
        <>
          <Person id={text("id")} name={text("name")} /> became a participant
        </>
      );
    case "participant.updated":
      return <Updated fact={fact} />;
    case "referral.created":
      if (object["status"] === "not_eligible") {
        return (
          <>
            The referral of <Person id={text("referee_id")} name={text("referee_name")} /> does not count
          </>
        );
      }
      return (
        <>
          <Person id={text("referee_id")} name={text("referee_name")} /> joined through{" "}
          <Person id={text("inviter_id")} name={text("inviter_name")} />
          {text("inviter_id") !== text("advocate_id") && (
            <>
              , placed with <Person id={text("advocate_id")} name={text("advocate_name")} />
            </>
          )}
        </>
      );
    case "participant.suspended":
      return (
        <>
          <Person id={text("id")} name={text("name")} /> was suspended
        </>
      );
    case "referral.waitlisted":
      return (
        <>
          <Person id={text("referee_id")} name={text("referee_name")} /> joined and waits for a place with{" "}
          <Person id={text("advocate_id")} name={text("advocate_name")} />
        </>
      );
    case "referral.placed":
      return (
        <>
          <Person id={text("referee_id")} name={text("referee_name")} /> got their place, with who brought
          them
        </>
      );
    case "referral.reassigned":
      return (
        <>
          <Person id={text("referee_id")} name={text("referee_name")} /> was put under{" "}
          <Person id={text("advocate_id")} name={text("advocate_name")} />
        </>
      );
    case "referral.departed":
    case "referral.arrived":
      return (
        <>
          <Person id={text("referee_id")} name={text("referee_name")} />{" "}
          {fact.type === "referral.departed" ? "left a network" : "came into a network"}, with everybody below
          them
        </>
      );
    case "claim.created":
      return (
        <>
          <Person id={text("participant_id")} name={text("participant_name")} /> says who invited them
        </>
      );
    case "claim.approved":
    case "claim.rejected":
    case "claim.expired":
      return (
        <>
          What <Person id={text("participant_id")} name={text("participant_name")} /> said about who invited
          them was{" "}
          {text("state") === "approved"
            ? "approved"
            : text("state") === "rejected"
              ? "rejected"
              : "not decided in time"}
        </>
      );
    case "referral.qualified":
      return (
        <>
          <Person id={text("referee_id")} name={text("referee_name")} /> qualified
        </>
      );
    case "referral.unqualified":
      return (
        <>
          <Person id={text("referee_id")} name={text("referee_name")} /> has to qualify again: the purchase
          was refunded
        </>
      );
    case "referral.rewarded":
      return (
        <>
          <Person id={text("referee_id")} name={text("referee_name")} /> brought{" "}
          <Person id={text("advocate_id")} name={text("advocate_name")} /> a first reward
        </>
      );
    case "conversion.settled":
    case "conversion.recorded":
      return <Bought conversion={object as Conversion} />;
    case "conversion.refunded": {
      const refund = object as Refund;
      return (
        <>
          <Traced id={refund.conversion_id ?? ""}>
            <Amount money={refund.amount} />
          </Traced>{" "}
          {refund.kind === "chargeback" ? "was taken back by the bank" : "was refunded"}
        </>
      );
    }
    case "conversion.chargeback_reversed": {
      const refund = object as Refund;
      return (
        <>
          The bank gave back{" "}
          <Traced id={refund.conversion_id ?? ""}>
            <Amount money={refund.amount} />
          </Traced>
        </>
      );
    }
    case "refund.recorded":
      return (
        <>
          A refund of <Amount money={(object as Refund).amount} /> waits for its purchase
        </>
      );
    case "refund.refused":
      return (
        <>
          A refund of <Amount money={(object as Refund).amount} /> did not fit its purchase
        </>
      );
    case "reward.resumed":
    case "reward.created":
    case "reward.released":
      return <Earned verb={REWARD_VERBS[fact.type] ?? ""} reward={object as Reward} />;
    case "reward.restored":
      return <Earned verb={REWARD_VERBS[fact.type] ?? ""} reward={object as Reward} />;
    case "reward.reversed":
      return <TakenBack reward={object as Reward} />;
    case "reward.redeemed":
      return (
        <>
          <Person id={text("participant_id")} name={text("participant_name")} /> used{" "}
          {object["amount"] ? <Amount money={object["amount"] as Money} /> : "a coupon"}
        </>
      );
    case "reward.expired":
      return (
        <>
          What <Person id={text("participant_id")} name={text("participant_name")} /> had not used expired
        </>
      );
    case "debt.written_off":
      return (
        <>
          <Amount money={object["amount"] as Money} /> that{" "}
          <Person id={text("participant_id")} name={text("participant_name")} /> owed was written off
        </>
      );
    case "plan.published":
      return <>A plan was published</>;
    case "plan.withdrawn":
      return <>A published plan was taken back before its day</>;
    case "replay.completed":
      return <>A replay of a plan has come to its end</>;
    case "program.launched":
      return <>The program was launched</>;
    default:
      return <>{sentenceCase(fact.type)}</>;
  }
}

/** A change of the details, a reinstatement, or a place for somebody who waited. */
function Updated({ fact }: { fact: Fact }) {
  const { id, name, changed } = fact.data.object as { id: string; name?: string; changed?: string[] };
  const person = <Person id={id} name={name} />;
  if (changed?.includes("status")) return <>{person} takes part again</>;
  if (changed?.includes("place")) return <>{person} has their place now</>;
  return <>The details of {person} were changed</>;
}

const REWARD_VERBS: Record<string, string> = {
  "reward.created": "earned",
  "reward.resumed": "no longer waits for",
  "reward.released": "can now use",
  "reward.restored": "got back",
};

function Bought({ conversion }: { conversion: Conversion }) {
  const person = <Person id={conversion.participant_id} name={conversion.participant_name} />;
  if (conversion.kind === "signup") return <>{person} signed up</>;
  return (
    <>
      {person} bought for{" "}
      <Traced id={conversion.id}>
        <Amount money={conversion.amount} />
      </Traced>
    </>
  );
}

function Earned({ verb, reward }: { verb: string; reward: Reward }) {
  return (
    <>
      <Person id={reward.participant_id} name={reward.participant_name} /> {verb}{" "}
      <Traced id={reward.conversion_id}>
        <Amount money={reward.amount} />
      </Traced>{" "}
      <span className="text-ink-2">on level {reward.level}</span>
    </>
  );
}

function TakenBack({ reward }: { reward: Reward }) {
  return (
    <>
      A refund took <Amount money={reward.reversed} /> of{" "}
      <Traced id={reward.conversion_id}>
        <Amount money={reward.amount} />
      </Traced>{" "}
      back from <Person id={reward.participant_id} name={reward.participant_name} />
    </>
  );
}

function Person({ id, name }: { id: string | null; name: string | null | undefined }) {
  return id ? <PersonLink id={id} name={name} /> : <>Someone</>;
}

function Traced({ id, children }: { id: string; children: ComponentChildren }) {
  const { programId } = useScope();
  return (
    <Link href={paths.conversion(programId, id)} className={feedLink}>
      {children}
    </Link>
  );
}

const feedLink = "font-medium text-ink no-underline hover:text-accent hover:underline";
