const COMMANDS: Readonly<Record<string, string>> = {
  up: `
up [PATH]       emulate a cdktf.out, or a file or folder of Terraform JSON (default: cdktf.out)
  --server COMMAND   the MCP server to start (default: the bundled one); it is told HOST and PORT
  --port N           the port to listen on (default: 4700); 0 picks a free one
  --seed TEXT        the same text gives the same ids and keys
  --keep             go on serving when the deployment fails, so that a browser can show why
  --walk             make a user, sign in, and make the first calls, showing each
  --once             stop after that`,
  output: `
output [NAME]   what \`terraform output\` would say, asked of the running emulator
  -raw               the value alone, without quotes
  -json              as JSON
  --port N           the emulator's port (default: 4700)`,
};

/** How one command is used, or all of them. */
export function describeUsage(command?: string): string {
  const described = command === undefined ? Object.values(COMMANDS).join("\n") : COMMANDS[command];
  const indented = described?.replace(/^(?=.)/gm, "  ") ?? "";
  return `Usage: cdktf-agentcore COMMAND [OPTIONS]
${indented}

Options of every command: --help. Exit status: 0 fine, 1 a failed deployment or call, 2 unusable input.
`;
}
