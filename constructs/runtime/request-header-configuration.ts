import { Token } from "cdktf";
import { HEADER_NAME, MAX_ALLOWED_HEADERS } from "../../aws/agentcore/limits";
import { mayReachContainer } from "../../aws/agentcore/passed-on";
import type { Problem } from "../private/errors";
import { invalidHeader } from "../private/problems/values";
import { countProblems } from "../private/ranges";

/** Which headers of a request reach the container. */
export interface RequestHeaderConfiguration {
  /**
   * 1 to 20 names, such as `X-Tenant` or `Authorization`, without which the container never sees its caller's token. The
   * service keeps the headers of HTTP itself, of connections and browsers, and those that begin with `X-Amz-` or, other
   * than `X-Amzn-Bedrock-AgentCore-Runtime-Custom-`, with `X-Amzn-`.
   *
   * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-header-allowlist.html
   */
  readonly allowlistedHeaders: readonly string[];
}

const WELL_FORMED = new RegExp(`^${HEADER_NAME.pattern}$`);

/** CDKTF tokens are skipped, of single headers and of the whole list. */
export function requestHeaderProblems({ allowlistedHeaders }: RequestHeaderConfiguration): Problem[] {
  if (Token.isUnresolved(allowlistedHeaders)) return [];
  return [
    ...countProblems("allow-listed headers", allowlistedHeaders.length, MAX_ALLOWED_HEADERS),
    ...allowlistedHeaders.filter((header) => !Token.isUnresolved(header) && !isAllowed(header)).map(invalidHeader),
  ];
}

function isAllowed(header: string): boolean {
  return WELL_FORMED.test(header) && mayReachContainer(header);
}
