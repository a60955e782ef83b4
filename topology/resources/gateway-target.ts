import type { Arguments } from "../arguments/arguments";
import type { Nested, Readable, ValueTypes } from "../arguments/readable";
import {
  findTargetKind,
  memberName,
  type OutboundCredential,
  readCredential,
  type TargetSettings,
} from "../../targets";
import { resourceReader } from "./reader";
import { refuseBlocks } from "./unsupported";

function credentialOf(configuration: Arguments | undefined): OutboundCredential {
  const [way, ...others] = configuration === undefined ? [] : innerBlocks(configuration);
  if (configuration === undefined || way === undefined) return { type: "NONE" };
  const { name, block } = way;
  if (others.length > 0) throw configuration.invalid(name, `excludes ${others.map((other) => other.name).join(", ")}`);
  const credential = readCredential(name, block);
  if (credential === undefined)
    throw configuration.unsupported(name, "is a way of authorization that is not supported");
  return credential;
}

/** The innermost block that says what the target is: `mcp_server` of `mcp`, or a kind beside `mcp`. */
export function targetBlock<B extends Nested<B>>(target: B): NamedBlock<B> | undefined {
  const configuration = target.optionalBlock("target_configuration");
  return configuration && innerBlocks(configuration.optionalBlock("mcp") ?? configuration)[0];
}

/** The gateway that a target belongs to, and its name there. */
export function readOwner<V extends ValueTypes>(args: Readable<V>) {
  return { gatewayIdentifier: args.text("gateway_identifier"), name: args.text("name") };
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
    refuseBlocks(args, "metadata_configuration", "private_endpoint");
    const { name, block } = targetBlock(args) ?? missingBlock(args);
    return {
      ...readOwner(args),
      description: args.optionalText("description"),
      credential: credentialOf(args.optionalBlock("credential_provider_configuration")),
      targetKind: memberName(name),
      settings: findTargetKind(memberName(name))?.read(block) ?? {},
    };
  },
  assigned: ["target_id"],
  attributes: (_, { targetId }: GatewayTargetAttributes) => ({ target_id: targetId }),
});
