import { TOOL_NAME_SEPARATOR } from "../../../../aws/agentcore/names";
import { OF_BODY, OF_HEADER, OF_JWT, RATE_LIMIT } from "../../../../aws/agentcore/rate-limits";
import { at, textAt, type ValueObject } from "../../../../topology";
import type { HttpHeaders } from "../../network/http-message";
import type { Gateway } from "../gateways";
import type { PolicyCaller } from "../tool-policy";

/** A request of a caller who was let in. */
export interface LimitedRequest {
  readonly gateway: Gateway;
  readonly caller: PolicyCaller;
  readonly headers: HttpHeaders;
  /** Left out where the body is no JSON object. */
  readonly body?: ValueObject | undefined;
  /** That the path names. @default - that of the tool or prompt that the body names */
  readonly targetName?: string | undefined;
}

/**
 * The value of a dimension key: developer guide, "gateway-rate-limits-dimensions". Of a longer one than an entry can have,
 * its beginning counts.
 *
 * @returns undefined where there is none
 */
export function dimensionValue(request: LimitedRequest, key: string): string | undefined {
  return wholeValue(request, key)?.slice(0, RATE_LIMIT.valueLength);
}

function wholeValue(request: LimitedRequest, key: string): string | undefined {
  const { caller, headers, body } = request;
  if (key === "targetName") return request.targetName ?? nameOf(request, ["tools/call", "prompts/get"])?.target;
  if (key === "toolName") return nameOf(request, ["tools/call"])?.name;
  if (key === "$.context.iam.principal") return caller.principal;
  if (key.startsWith(OF_JWT)) return textOf(caller.claims as ValueObject | undefined, key.slice(OF_JWT.length));
  if (key.startsWith(OF_HEADER)) return headers.get(key.slice(OF_HEADER.length).toLowerCase()) ?? undefined;
  return key.startsWith(OF_BODY) ? textOf(body, key.slice(OF_BODY.length)) : undefined;
}

/** What is asked for by a name that begins with that of a target. */
function nameOf(
  { gateway, body }: LimitedRequest,
  methods: readonly string[],
): { readonly name: string; readonly target: string } | undefined {
  const name = methods.includes(textAt(body, "method") ?? "") ? textAt(body, "params", "name") : undefined;
  const [target] = name?.split(TOOL_NAME_SEPARATOR, 1) ?? [];
  const isThere = gateway.targets.some(({ declaration }) => declaration.name === target);
  return name !== undefined && target !== undefined && isThere ? { name, target } : undefined;
}

/** A list as an example of AWS has it, `["Advanced", "Beta"]`; an object is no value, nor is a list with one in it. */
function textOf(object: ValueObject | undefined, path: string): string | undefined {
  const value = at(object, path) ?? at(object, ...path.split("."));
  if (!Array.isArray(value)) return isPlain(value) ? String(value) : undefined;
  return value.every(isPlain) ? `[${value.map((entry) => JSON.stringify(entry)).join(", ")}]` : undefined;
}

function isPlain(value: unknown): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}
