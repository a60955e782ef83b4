/**
 * Where MCP clients have the browser come back after people signed in, for `callbackUrls`. Each client needs those of
 * its own, and in the client the id of the app client: Cognito registers none by itself.
 */
export class McpClientRedirectUrls {
  /**
   * Claude on the web, on the desktop and on telephones.
   * @see https://support.claude.com/en/articles/11503834-building-custom-connectors-via-remote-mcp-servers
   */
  public static readonly CLAUDE: readonly string[] = [
    "https://claude.ai/api/mcp/auth_callback",
    "https://claude.com/api/mcp/auth_callback",
  ];

  /** ChatGPT's connectors. An app that shows a callback URL with an id of its own wants that one instead. */
  public static readonly CHATGPT: readonly string[] = ["https://chatgpt.com/connector_platform_oauth_redirect"];

  /** Cursor on the desktop and its agents in the cloud. */
  public static readonly CURSOR: readonly string[] = [
    "cursor://anysphere.cursor-mcp/oauth/callback",
    "http://localhost:8787/callback",
    "https://www.cursor.com/agents/mcp/oauth/callback",
  ];

  /**
   * Visual Studio Code. Its other one, `http://127.0.0.1:33418`, is none that Cognito takes: it then comes back by way of
   * this one.
   * @see https://code.visualstudio.com/api/extension-guides/ai/mcp
   */
  public static readonly VS_CODE: readonly string[] = ["https://vscode.dev/redirect"];

  /** The MCP Inspector at its usual port. */
  public static readonly MCP_INSPECTOR: readonly string[] = [
    "http://localhost:6274/oauth/callback",
    "http://localhost:6274/oauth/callback/debug",
  ];

  /** Claude Code, which must be told the same port: `claude mcp add --transport http --callback-port <port> …`. */
  public static claudeCode(port: number): readonly string[] {
    return [`http://localhost:${port}/callback`];
  }

  /** mcp-remote, which must be told the same port: `npx mcp-remote <gateway URL> <port>`. */
  public static mcpRemote(port: number): readonly string[] {
    return [`http://localhost:${port}/oauth/callback`];
  }

  private constructor() {}
}
