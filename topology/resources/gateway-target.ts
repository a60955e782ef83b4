import type { Arguments } from "../arguments/arguments";
import type { Nested, Readable, ValueTypes } from "../../targets/readable";
import {
  findTargetKind,
  groupOf,
  memberName,
  type OutboundCredential,
  readCredential,
  type TargetSettings,
} from "../../targets";
import type { Text } from "../language";
import { resourceReader, type ShownResource } from "./reader";
import { refuseBlocks } from "./unsupported";

const CREDENTIAL = "credential_provider_configuration";

/** What of a call passes the gateway beside its arguments and its result: names of headers and of query parameters. */
export interface PassedOnDeclaration {
  readonly allowedRequestHeaders?: readonly string[];
  readonly allowedResponseHeaders?: readonly string[];
  readonly allowedQueryParameters?: readonly string[];
}

/** @returns undefined where nothing passes */
export function readPassedOn<V extends ValueTypes>(target: Readable<V>) {
  const block = target.optionalBlock("metadata_configuration");
  return (
    block && {
      allowedRequestHeaders: block.optionalTexts("allowed_request_headers"),
      allowedResponseHeaders: block.optionalTexts("allowed_response_headers"),
      allowedQueryParameters: block.optionalTexts("allowed_query_parameters"),
    }
  );
}

/** How the gateway authorizes itself. @returns undefined where the source does not tell, or the way is not supported */
export function readOutbound<V extends ValueTypes>(target: Readable<V>): OutboundCredential<V> | undefined {
  const configuration = target.optionalBlock(CREDENTIAL);
  const [way] = configuration === undefined ? [] : innerBlocks(configuration);
  if (way !== undefined) return readCredential(way.name, way.block);
  const isOpen = target.isOpen(CREDENTIAL) || configuration?.names().some((name) => configuration.isOpen(name));
  return isOpen ? undefined : { type: "NONE" };
}

function credentialOf(target: Arguments): OutboundCredential {
  const configuration = target.optionalBlock(CREDENTIAL);
  if (configuration === undefined) return { type: "NONE" };
  const [name = "", ...others] = innerBlocks(configuration).map((way) => way.name);
  if (others.length > 0) throw configuration.invalid(name, `excludes ${others.join(", ")}`);
  const credential = readOutbound(target);
  if (credential !== undefined) return credential;
  throw configuration.unsupported(name, "is a way of authorization that is not supported");
}

/** The innermost block that says what the target is: `mcp_server` of `mcp`, or a group that is not imitated. */
function targetBlock<B extends Nested<B>>(target: B): NamedBlock<B> | undefined {
  const configuration = target.optionalBlock("target_configuration");
  const [group] = configuration ? innerBlocks(configuration) : [];
  const [kind] = group ? innerBlocks(group.block) : [];
  if (group?.name === "mcp") return kind;
  return kind && groupOf(memberName(kind.name)) === group?.name ? kind : group;
}

/** The gateway that a target belongs to, and its name there. */
function readOwner<V extends ValueTypes>(args: Readable<V>) {
  return { gatewayIdentifier: args.text("gateway_identifier"), name: args.text("name") };
}

/** Whose a target is, what it is by Terraform's name, such as `mcp_server`, and what it calls. */
export function readTarget<V extends ValueTypes>(target: Readable<V>) {
  const { name: kind = "", block } = targetBlock(target) ?? {};
  return { ...readOwner(target), ...(block && { kind, ...findTargetKind(memberName(kind))?.source?.(block) }) };
}

/** Where targets have their documents in S3. */
export function documentUris(resources: readonly ShownResource[]): Text[] {
  return resources
    .filter(({ type }) => type === gatewayTarget.type)
    .flatMap(({ arguments: target }) => readTarget(target).s3Uri ?? []);
}

/** @throws TopologyError that names it. */
function missingBlock(target: Arguments): NamedBlock<Arguments> {
  const configuration = target.block("target_configuration");
  return { name: "mcp", block: (configuration.optionalBlock("mcp") ?? configuration).block("mcp") };
}

/** The ways of `credential_provider_configuration`, of which one may stand. */
function innerBlocks<B extends Nested<B>>(outer: B): NamedBlock<B>[] {
  return outer.names().flatMap((name) => {
    const [block] = outer.blocks(name);
    return block === undefined ? [] : [{ name, block }];
  });
}

interface NamedBlock<B> {
  readonly name: string;
  readonly block: B;
}

/** `targetKind` is what stands in `mcp`: `mcpServer`, `lambda`, `openApiSchema`, …; or a kind beside it, such as `http`. */
export interface GatewayTargetDeclaration extends TargetSettings {
  readonly gatewayIdentifier: string;
  readonly name: string;
  readonly description?: string;
  readonly credential: OutboundCredential;
  /** Nothing when left out. */
  readonly passedOn?: PassedOnDeclaration | undefined;
}

export interface GatewayTargetAttributes {
  readonly targetId: string;
}

/** What can be told of a target whose configuration cannot be read. */
export type TargetIdentity = Pick<GatewayTargetDeclaration, "gatewayIdentifier" | "name" | "targetKind">;

export function readTargetIdentity(args: Arguments): TargetIdentity {
  return { ...readOwner(args), targetKind: memberName(targetBlock(args)?.name ?? "mcp") };
}

export const gatewayTarget = resourceReader({
  type: "aws_bedrockagentcore_gateway_target",
  kind: "gatewayTarget",
  read: (args): GatewayTargetDeclaration => {
    refuseBlocks(args, "private_endpoint");
    const { name, block } = targetBlock(args) ?? missingBlock(args);
    return {
      ...readOwner(args),
      description: args.optionalText("description"),
      credential: credentialOf(args),
      passedOn: readPassedOn(args),
      targetKind: memberName(name),
      settings: findTargetKind(memberName(name))?.read(block) ?? {},
    };
  },
  assigned: ["target_id"],
  attributes: (_, { targetId }: GatewayTargetAttributes) => ({ target_id: targetId }),
});
