import { z } from "zod";

import { findTargetKind, type GatewayTargetDeclaration, type TargetSettings } from "../../../topology";
import { soleMember } from "../../cloud/agentcore-constraints";
import { SETTINGS } from "../../cloud/gateway/gateway-targets";

/** `targetConfiguration`, a union: exactly one member, and in `mcp` again exactly one. */
export const TARGET_CONFIGURATION = z.looseObject({ mcp: z.looseObject(SETTINGS.shape).optional() });

/** @throws AwsError ValidationException where not exactly one member is set */
export function readTarget(configuration: z.output<typeof TARGET_CONFIGURATION>): TargetSettings {
  const group = soleMember(configuration, "targetConfiguration");
  const { mcp = {} } = configuration;
  const targetKind = group === "mcp" ? soleMember(mcp, "targetConfiguration.mcp") : group;
  return { targetKind, settings: Object(mcp[targetKind]) as object };
}

export function targetConfigurationShape({ targetKind, settings }: GatewayTargetDeclaration): object {
  return { mcp: { [targetKind]: settings } };
}

/** As `ListGatewayTargets` names it. */
export function targetType({ targetKind }: GatewayTargetDeclaration): string | undefined {
  return findTargetKind(targetKind)?.block.toUpperCase();
}
