import { Token } from "cdktf";
import { MAX_ALLOWED_HEADERS } from "../../aws/agentcore/limits";
import type { Problem } from "../private/errors";
import { invalidHeader } from "../private/problems/values";
import { countProblems } from "../private/ranges";

/** Which headers of a request reach the container. */
export interface RequestHeaderConfiguration {
  /**
   * 1 to 20 names: `Authorization`, and names that begin with `X-Amzn-Bedrock-AgentCore-Runtime-Custom-`. Without
   * `Authorization` here the container never sees its caller's token.
   */
  readonly allowlistedHeaders: readonly string[];
}

const HEADER = /^(Authorization|X-Amzn-Bedrock-AgentCore-Runtime-Custom-[a-zA-Z0-9_-]{1,212})$/i;

/** CDKTF tokens are skipped, of single headers and of the whole list. */
export function requestHeaderProblems({ allowlistedHeaders }: RequestHeaderConfiguration): Problem[] {
  if (Token.isUnresolved(allowlistedHeaders)) {
    return [];
  }
  return [
    ...countProblems("allow-listed headers", allowlistedHeaders.length, MAX_ALLOWED_HEADERS),
    ...allowlistedHeaders.filter((header) => !Token.isUnresolved(header) && !HEADER.test(header)).map(invalidHeader),
  ];
}
