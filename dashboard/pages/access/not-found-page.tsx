import { Link } from "wouter";
import { paths } from "../../paths.ts";
import { useTitle } from "../../ui/page.tsx";
import { AccessFrame } from "./access-frame.tsx";

export default function NotFoundPage() {
  useTitle("Not found");
  return (
    <AccessFrame title="There is no page here" lead="The address may be mistyped, or the page has moved.">
      <Link href={paths.root} className="font-medium text-accent underline hover:text-accent-hover">
        Go to your start page
      </Link>
    </AccessFrame>
  );
}
