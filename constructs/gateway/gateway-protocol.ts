import type { BedrockagentcoreGatewayConfig } from "@cdktf/provider-aws/lib/bedrockagentcore-gateway";
import { Token } from "cdktf";
import { PROVIDER_RELEASES } from "../../aws/provider-releases";
import type { NewerField } from "../private/provider-version";

/** A revision of the Model Context Protocol that a gateway offers to its clients. */
export class MCPProtocolVersion {
  /** Revision 2025-03-26. */
  public static readonly MCP_2025_03_26 = new MCPProtocolVersion("2025-03-26");
  /** Revision 2025-06-18. */
  public static readonly MCP_2025_06_18 = new MCPProtocolVersion("2025-06-18");
  /** Revision 2025-11-25. */
  public static readonly MCP_2025_11_25 = new MCPProtocolVersion("2025-11-25");
  /** Revision 2026-07-28, without sessions. */
  public static readonly MCP_2026_07_28 = new MCPProtocolVersion("2026-07-28");

  /** A revision that this library does not know yet. */
  public static of(value: string): MCPProtocolVersion {
    return new MCPProtocolVersion(value);
  }

  private constructor(
    /** The revision's date. */
    public readonly value: string,
  ) {}
}

/** What gateways and the official MCP SDK for TypeScript (1.32) both speak. */
const DEFAULT_VERSIONS: readonly MCPProtocolVersion[] = [
  MCPProtocolVersion.MCP_2025_03_26,
  MCPProtocolVersion.MCP_2025_06_18,
  MCPProtocolVersion.MCP_2025_11_25,
];

/** How a gateway searches its tools. */
export class McpGatewaySearchType {
  /** Adds the tool `x_amz_bedrock_agentcore_search`. Only a new gateway can be given it. */
  public static readonly SEMANTIC = new McpGatewaySearchType("SEMANTIC");

  /** No search: clients see the tools alone. */
  public static readonly NONE = new McpGatewaySearchType(undefined);

  /** A search type that this library does not know yet. */
  public static of(value: string): McpGatewaySearchType {
    return new McpGatewaySearchType(value);
  }

  private constructor(
    /** The service's name of the search type; undefined for none. */
    public readonly value: string | undefined,
  ) {}
}

/** How a gateway speaks MCP. */
export interface McpGatewayOptions {
  /**
   * What the gateway tells its clients about its use, 1 to 2048 characters.
   * @default - none
   */
  readonly instructions?: string;

  /** @default McpGatewaySearchType.SEMANTIC */
  readonly searchType?: McpGatewaySearchType;

  /**
   * The revisions that clients may speak. Without 2025-03-26, the gateway refuses clients that send no
   * `MCP-Protocol-Version` header, which is read as that revision: `curl` lines among them.
   * @default - 2025-03-26, 2025-06-18 and 2025-11-25, which the MCP server of this package speaks
   */
  readonly supportedVersions?: readonly MCPProtocolVersion[];

  /**
   * Keeps sessions with clients, each for this many seconds from its beginning. Needs AWS provider 6.49.
   * @default - the gateway keeps none
   */
  readonly sessionTimeoutInSeconds?: number;

  /**
   * Whether answers of targets reach clients while they come. Needs AWS provider 6.49.
   * @default - the gateway waits for the whole answer
   */
  readonly enableResponseStreaming?: boolean;
}

/** What a gateway speaks with its clients. */
export class GatewayProtocol {
  /** The Model Context Protocol, for every kind of target but HTTP runtimes. */
  public static mcp(options: McpGatewayOptions = {}): GatewayProtocol {
    return new GatewayProtocol(options);
  }

  /** Plain HTTP, for HTTP runtimes as targets. Needs AWS provider 6.48. */
  public static http(): GatewayProtocol {
    return new GatewayProtocol(undefined);
  }

  private constructor(
    /** Given for MCP. */
    public readonly mcpOptions: McpGatewayOptions | undefined,
  ) {}

  /** What the gateway's resource takes that the bindings do not know. */
  public get newerFields(): readonly NewerField[] {
    if (!this.mcpOptions) {
      const feature = "A gateway without a protocol";
      return [{ feature, since: PROVIDER_RELEASES.httpTargets, path: "protocol_type", value: Token.nullValue() }];
    }
    const { sessionTimeoutInSeconds: seconds, enableResponseStreaming: streams } = this.mcpOptions;
    const [since, block] = [PROVIDER_RELEASES.sessions, "protocol_configuration.0.mcp.0"];
    const session = { feature: "Sessions of a gateway", since, path: `${block}.session_configuration` };
    const streaming = { feature: "Streaming of a gateway", since, path: `${block}.streaming_configuration` };
    return [
      ...(seconds === undefined ? [] : [{ ...session, value: [{ session_timeout_in_seconds: seconds }] }]),
      ...(streams === undefined ? [] : [{ ...streaming, value: [{ enable_response_streaming: streams }] }]),
    ];
  }

  /** The protocol's part of the gateway's resource. @internal */
  public bind(): Pick<BedrockagentcoreGatewayConfig, "protocolType" | "protocolConfiguration"> {
    if (!this.mcpOptions) return { protocolType: "MCP" };
    const {
      instructions,
      searchType = McpGatewaySearchType.SEMANTIC,
      supportedVersions = DEFAULT_VERSIONS,
    } = this.mcpOptions;
    const mcp = {
      instructions,
      searchType: searchType.value,
      supportedVersions: supportedVersions.map(({ value }) => value),
    };
    return { protocolType: "MCP", protocolConfiguration: [{ mcp: [mcp] }] };
  }
}
