import type * as z from "zod";

/** One hostile array can break a schema in a million places. */
const MAX_ISSUES = 5;

/** What is wrong with a value, in one line that holds none of the value. */
export function describeIssues(error: z.core.$ZodError): string {
  const described = error.issues.slice(0, MAX_ISSUES).map(describeIssue);
  const rest = error.issues.length - described.length;
  return described.join("; ") + (rest > 0 ? `; and ${rest} more` : "");
}

function describeIssue(issue: z.core.$ZodIssue): string {
  // Its own message would repeat keys that the sender chose.
  const message = issue.code === "unrecognized_keys" ? "Unknown keys" : issue.message;
  return issue.path.length === 0 ? message : `${issue.path.join(".")}: ${message}`;
}
