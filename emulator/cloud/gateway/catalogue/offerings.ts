// emulator/cloud/gateway/catalogue/: what targets offer, in lists, pages and searches.

import { TOOL_NAME_SEPARATOR } from "../../../../aws/agentcore/names";
import { backendOf } from "../../../../topology";
import type { Gateway } from "../gateways";
import type { JsonRpcRequest } from "../protocol/json-rpc";
import { notAText, unknownPrompt, UnknownResource } from "../protocol/json-rpc-errors";
import { pageOf } from "./pages";
import type { Offering, Offerings, Target } from "../target";
import type { TargetCaller } from "../target-caller";
import { isListed } from "./tools-list";

// What targets offer beside tools: developer guide, "gateway-using-mcp-prompts-list" and the like.

/** A request that the gateway hands on as it came, with the prefix taken off. */
export interface LiveRequest {
  readonly target: Target;
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly caller: TargetCaller;
}

const LISTS: ReadonlyMap<string, keyof Offerings> = new Map([
  ["prompts/list", "prompts"],
  ["resources/list", "resources"],
  ["resources/templates/list", "resourceTemplates"],
]);

/** Whether a target is asked for each list anew. */
export function isLive({ declaration }: Target): boolean {
  const backend = backendOf(declaration);
  return backend?.speaks === "MCP" && backend.isLive;
}

/** Of the capabilities that `initialize` and `server/discover` tell, those that a listed target gives. */
export function offeredCapabilities({ targets }: Gateway): object {
  const listed = targets.filter(isListed);
  // Nothing is known of a live target before it is first asked.
  const has = (capability: string): boolean =>
    listed.some((target) => (target.session ? Object.hasOwn(target.session.capabilities, capability) : isLive(target)));
  return {
    ...(has("prompts") && { prompts: { listChanged: false } }),
    ...(has("resources") && { resources: { subscribe: false, listChanged: false } }),
  };
}

/**
 * The page of a list of prompts, resources or templates.
 *
 * @returns undefined for another method
 * @throws JsonRpcError for a cursor that is none
 */
export function listOfferings({ targets }: Gateway, method: string, cursor: unknown): object | undefined {
  const list = LISTS.get(method);
  if (list === undefined) return undefined;
  const offered = targets.filter(isListed).filter(({ offerings }) => (offerings?.[list].length ?? 0) > 0);
  const ofTargets = offered.map((target) =>
    (target.offerings?.[list] ?? []).map((one) => published(list, target, one)),
  );
  const { items, nextCursor } = pageOf(ofTargets, cursor);
  return { [list]: items, ...(nextCursor !== undefined && { nextCursor }) };
}

/** Prompts are named as tools are; a resource's URI stays its own. */
function published(list: keyof Offerings, { declaration }: Target, offering: Offering): Offering {
  if (list !== "prompts") return offering;
  return { ...offering, name: `${declaration.name}${TOOL_NAME_SEPARATOR}${String(offering["name"])}` };
}

/**
 * Whom to ask for a prompt or a resource.
 *
 * @returns undefined for another method
 * @throws JsonRpcError for a prompt that is none
 * @throws UnknownResource
 */
export function liveRequest(
  gateway: Gateway,
  { method, params }: JsonRpcRequest,
  caller: TargetCaller,
): LiveRequest | undefined {
  if (method === "prompts/get") return { ...promptRequest(gateway, params ?? {}), caller };
  return method === "resources/read" ? { ...resourceRequest(gateway, params ?? {}), caller } : undefined;
}

type OwnRequest = Omit<LiveRequest, "caller">;

function promptRequest({ targets }: Gateway, params: Readonly<Record<string, unknown>>): OwnRequest {
  const name = textOf(params, "name");
  const [targetName = ""] = name.split(TOOL_NAME_SEPARATOR, 1);
  const own = name.slice(targetName.length + TOOL_NAME_SEPARATOR.length);
  const target = targets.find(
    (one) =>
      one.declaration.name === targetName &&
      isListed(one) &&
      one.offerings?.prompts.some((prompt) => prompt["name"] === own),
  );
  if (!target) throw unknownPrompt(name);
  return { target, method: "prompts/get", params: { ...params, name: own } };
}

function resourceRequest({ targets }: Gateway, params: Readonly<Record<string, unknown>>): OwnRequest {
  const uri = textOf(params, "uri");
  const [first, ...others] = targets.filter((one) => isListed(one) && offersResource(one, uri));
  const target = others.reduce((best, one) => (best && priorityOf(best) <= priorityOf(one) ? best : one), first);
  if (!target) throw new UnknownResource(uri);
  return { target, method: "resources/read", params };
}

function priorityOf({ declaration }: Target): number {
  const backend = backendOf(declaration);
  return backend?.speaks === "MCP" ? backend.resourcePriority : Infinity;
}

function offersResource({ offerings }: Target, uri: string): boolean {
  if (!offerings) return false;
  const { resources, resourceTemplates } = offerings;
  return (
    resources.some((resource) => resource["uri"] === uri) ||
    resourceTemplates.some(({ uriTemplate }) => typeof uriTemplate === "string" && fits(uriTemplate, uri))
  );
}

/** Whether a URI has the literal parts of an RFC 6570 template, in their order; what stands for the others is the server's. */
function fits(template: string, uri: string): boolean {
  const [first = "", ...others] = template.split(/\{[^{}]*\}/);
  if (others.length === 0) return uri === template;
  if (!uri.startsWith(first)) return false;
  const last = others.pop() ?? "";
  let end = first.length;
  for (const part of others) {
    const at = uri.indexOf(part, end);
    if (at < 0) return false;
    end = at + part.length;
  }
  return uri.endsWith(last) && uri.length - last.length >= end;
}

function textOf(params: Readonly<Record<string, unknown>>, member: string): string {
  const value = params[member];
  if (typeof value === "string") return value;
  throw notAText(member);
}
