import { RESOURCE_PRIORITY } from "../../../aws/agentcore/limits";
import { PROVIDER_RELEASES } from "../../../aws/provider-releases";
import type { Problem } from "../../private/errors";
import { listingNotSearchable, listingWithoutUser } from "../../private/problems/gateway";
import { argumentsConflict } from "../../private/problems/values";
import type { NewerField } from "../../private/provider-version";
import { rangeProblems } from "../../private/ranges";
import { McpGatewaySearchType } from "../gateway-protocol";
import type { McpToolSchema } from "./mcp-tool-schema";
import type { TargetConfiguration } from "./target-configuration";

/** Where a gateway's list of a server's tools comes from. */
export class McpListingMode {
  /** From the target's creation, update or synchronization: the gateway keeps it. */
  public static readonly DEFAULT = new McpListingMode("DEFAULT");
  /**
   * From the server, with each `tools/list`: nothing is asked when the target is created. Neither with semantic search
   * nor with the OAuth authorization code grant.
   */
  public static readonly DYNAMIC = new McpListingMode("DYNAMIC");

  /** A mode that this library does not know yet. */
  public static of(value: string): McpListingMode {
    return new McpListingMode(value);
  }

  private constructor(
    /** The service's name of the mode. */
    public readonly value: string,
  ) {}
}

/** How a gateway learns what an MCP server offers. */
export interface McpServerSettings {
  /**
   * The server's tools, so that AWS asks the server for none. Needs AWS provider 6.66.
   * @default - AWS asks the server when the target is created or changed
   */
  readonly mcpToolSchema?: McpToolSchema;

  /**
   * Where the gateway's list of tools comes from. Needs AWS provider 6.66.
   * @default - McpListingMode.DEFAULT
   */
  readonly listingMode?: McpListingMode;

  /**
   * Which server goes first where several have a resource of one URI: 0 to 1000, lower first. Needs AWS provider 6.66.
   * @default 1000
   */
  readonly resourcePriority?: number;
}

const SERVER = "target_configuration.0.mcp.0.mcp_server.0";

/** The settings' part of the target. */
export function mcpServerFields(settings: McpServerSettings): readonly NewerField[] {
  const { mcpToolSchema: schema, listingMode: mode, resourcePriority: priority } = settings;
  const { newest: since } = PROVIDER_RELEASES;
  const field = (feature: string, name: string, value: unknown) => ({
    feature,
    path: `${SERVER}.${name}`,
    value,
    since,
  });
  return [
    ...(schema ? [field("The mcpToolSchema of a target", "mcp_tool_schema", [schema.block])] : []),
    ...(mode ? [field("The listingMode of a target", "listing_mode", mode.value)] : []),
    ...(priority === undefined ? [] : [field("The resourcePriority of a target", "resource_priority", priority)]),
  ];
}

/** What would fail between the settings, and between them and the gateway. */
export function mcpServerProblems(
  settings: McpServerSettings,
  { gateway, credentials }: Pick<TargetConfiguration, "gateway" | "credentials">,
): Problem[] {
  const { mcpToolSchema: schema, listingMode: mode, resourcePriority: priority } = settings;
  const isDynamic = mode?.value === McpListingMode.DYNAMIC.value;
  const { mcpOptions } = gateway.protocolConfiguration ?? {};
  const isSearched = mcpOptions && (mcpOptions.searchType ?? McpGatewaySearchType.SEMANTIC).value !== undefined;
  const asksUsers = credentials.some(({ kind }) => kind === "OAuth authorization code");
  return [
    ...(schema?.problems ?? []),
    ...rangeProblems("resource priority", priority, RESOURCE_PRIORITY),
    ...(isDynamic && schema ? [argumentsConflict("mcpToolSchema", ["listingMode DYNAMIC"])] : []),
    ...(isDynamic && isSearched ? [listingNotSearchable()] : []),
    ...(isDynamic && asksUsers ? [listingWithoutUser()] : []),
  ];
}
