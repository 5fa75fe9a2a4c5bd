import { Link } from "wouter";
import { BatchView } from "../../../parts/invitations/batch-view.tsx";
import { useScope } from "../../../parts/scope.tsx";
import { paths } from "../../../paths.ts";
import { PageHeading } from "../../../ui/page.tsx";

/** One list of people, on its way from the file to the result. */
export default function BatchPage({ id }: { id: string }) {
  const { programId } = useScope();
  return (
    <>
      <PageHeading title="A list of people">
        <Link href={paths.programInvitations(programId)} className="text-accent underline">
          All invitations
        </Link>
      </PageHeading>
      <BatchView id={id} />
    </>
  );
}
