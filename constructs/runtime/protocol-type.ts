/** What a runtime's container speaks. */
export class ProtocolType {
  /** Model Context Protocol: `POST /mcp` on port 8000. */
  public static readonly MCP = new ProtocolType("MCP");
  /** `POST /invocations` on port 8080. */
  public static readonly HTTP = new ProtocolType("HTTP");
  /** Agent to agent: `POST /` on port 9000. */
  public static readonly A2A = new ProtocolType("A2A");
  /** Agent to user interface: `POST /invocations` on port 8080. */
  public static readonly AGUI = new ProtocolType("AGUI");

  /** A protocol that this library does not know yet. */
  public static of(value: string): ProtocolType {
    return new ProtocolType(value);
  }

  private constructor(
    /** The service's name of the protocol. */
    public readonly value: string,
  ) {}
}
