import { z } from "zod";

import { findTargetKind, type GatewayTargetDeclaration, groupOf, type TargetSettings } from "../../../topology";
import { soleMember } from "../../cloud/agentcore-constraints";
import { SETTINGS } from "../../cloud/gateway/gateway-targets";

const GROUP = z.looseObject(SETTINGS.shape).optional();

/** `targetConfiguration`, a union: exactly one member, and in `mcp` and `http` again exactly one. */
export const TARGET_CONFIGURATION = z.looseObject({ mcp: GROUP, http: GROUP });

/** @throws AwsError ValidationException where not exactly one member is set */
export function readTarget(configuration: z.output<typeof TARGET_CONFIGURATION>): TargetSettings {
  const group = soleMember(configuration, "targetConfiguration");
  if (group !== "mcp" && group !== "http") return { targetKind: group, settings: {} };
  const kinds = configuration[group] ?? {};
  const kind = soleMember(kinds, `targetConfiguration.${group}`);
  const targetKind = groupOf(kind) === group ? kind : `${group}.${kind}`;
  return { targetKind, settings: Object(kinds[kind]) as object };
}

export function targetConfigurationShape({ targetKind, settings }: GatewayTargetDeclaration): object {
  return { [groupOf(targetKind)]: { [targetKind]: settings } };
}

/** As `ListGatewayTargets` names it. */
export function targetType({ targetKind }: GatewayTargetDeclaration): string | undefined {
  return findTargetKind(targetKind)?.block.toUpperCase();
}
