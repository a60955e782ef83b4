/** A revision of the Model Context Protocol that a gateway offers to its clients. */
export class MCPProtocolVersion {
  public static readonly MCP_2025_03_26 = new MCPProtocolVersion("2025-03-26");
  public static readonly MCP_2025_06_18 = new MCPProtocolVersion("2025-06-18");
  public static readonly MCP_2025_11_25 = new MCPProtocolVersion("2025-11-25");

  /** A revision that this library does not know yet. */
  public static of(value: string): MCPProtocolVersion {
    return new MCPProtocolVersion(value);
  }

  private constructor(public readonly value: string) {}
}

/** How a gateway searches its tools. */
export class McpGatewaySearchType {
  /** Adds the tool `x_amz_bedrock_agentcore_search`. Only a new gateway can be given it. */
  public static readonly SEMANTIC = new McpGatewaySearchType("SEMANTIC");

  /** A search type that this library does not know yet. */
  public static of(value: string): McpGatewaySearchType {
    return new McpGatewaySearchType(value);
  }

  private constructor(public readonly value: string) {}
}

export interface McpGatewayOptions {
  /**
   * What the gateway tells its clients about its use, 1 to 2048 characters.
   * @default - none
   */
  readonly instructions?: string;

  /** @default McpGatewaySearchType.SEMANTIC */
  readonly searchType?: McpGatewaySearchType;

  /**
   * The service takes them at creation; changing them later needs a new gateway in most accounts.
   * @default - MCPProtocolVersion.MCP_2025_03_26 alone
   */
  readonly supportedVersions?: readonly MCPProtocolVersion[];
}

/** What a gateway speaks with its clients. */
export class GatewayProtocol {
  public static mcp(options: McpGatewayOptions = {}): GatewayProtocol {
    return new GatewayProtocol({
      instructions: options.instructions,
      searchType: options.searchType ?? McpGatewaySearchType.SEMANTIC,
      supportedVersions: options.supportedVersions ?? [MCPProtocolVersion.MCP_2025_03_26],
    });
  }

  private constructor(
    public readonly mcpOptions: McpGatewayOptions & Required<Omit<McpGatewayOptions, "instructions">>,
  ) {}
}
