import { LinkList } from "../../../parts/links/link-list.tsx";
import { useAdvocate } from "../../../parts/scope.tsx";
import { useTitle } from "../../../ui/page.tsx";

export default function LinksPage() {
  useTitle("Links");
  const { participantId } = useAdvocate();
  return <LinkList participantId={participantId} />;
}
