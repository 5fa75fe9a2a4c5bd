import { useState } from "react";
import { Moment } from "../../ui/moment.tsx";
import { Radios } from "../../ui/radios.tsx";

type Props = { from: string | null; onChange: (from: string | null) => void; error?: string | undefined };

/** Now, or from a moment to come, on the clock of whoever looks. */
export function PublicationDate({ from, onChange, error }: Props) {
  const [isLater, setLater] = useState(from !== null);
  return (
    <div className="grid gap-2">
      <Radios
        legend="In force"
        name="in-force"
        value={isLater ? "later" : "now"}
        onChoose={(value) => {
          setLater(value === "later");
          onChange(value === "now" ? null : tomorrow());
        }}
        choices={[
          { value: "now", word: "Now" },
          { value: "later", word: "From a date", note: "It can be withdrawn until ten minutes before." },
        ]}
      />
      {isLater && <Moment label="From" value={from} onChange={(at) => at && onChange(at)} error={error} />}
      {!isLater && error && <p className="text-sm text-bad">{error}</p>}
    </div>
  );
}

/** Midnight of whoever looks: a beginning that is easily said to others. */
function tomorrow(): string {
  const at = new Date();
  at.setHours(24, 0, 0, 0);
  return at.toISOString();
}
