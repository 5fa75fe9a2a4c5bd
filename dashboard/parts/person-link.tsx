import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { paths } from "../paths.ts";
import { participantQuery } from "../queries.ts";
import { shortId } from "./person.ts";
import { useScope } from "./scope.tsx";

type Props = { id: string; name?: string | null | undefined; className?: string };

const QUIET = "font-medium text-ink no-underline hover:text-accent hover:underline";

/** A person of the program, by the name that came with the answer, leading to their page. */
export function PersonLink({ id, name, className = QUIET }: Props) {
  const { programId } = useScope();
  return (
    <Link href={paths.participant(programId, id)} className={className}>
      {name ?? <span className="figures">participant {shortId(id)}</span>}
    </Link>
  );
}

/** The same where the answer has an id only: the name is looked up, once. */
export function KnownPersonLink({ id, className }: Omit<Props, "name">) {
  const { api } = useScope();
  const { data } = useQuery({ ...participantQuery(api, id), staleTime: Number.POSITIVE_INFINITY });
  return <PersonLink id={id} name={data?.name} {...(className ? { className } : {})} />;
}
