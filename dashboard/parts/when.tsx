import { formatFull, formatWhen } from "./time.ts";

/** A moment, short; the whole of it on hover and for machines. */
export function When({ at }: { at: string }) {
  return (
    <time dateTime={at} title={formatFull(at)} className="figures">
      {formatWhen(at)}
    </time>
  );
}
