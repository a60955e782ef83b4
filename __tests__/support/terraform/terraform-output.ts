export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  readonly address?: string;
}

/** The part of `terraform show -json PLAN` that tests look at; the rest is there as well. */
export interface Plan {
  readonly format_version: string;
  readonly resource_changes: readonly {
    readonly address: string;
    readonly previous_address?: string;
    readonly type: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly before: unknown;
      readonly after: unknown;
      readonly after_unknown: unknown;
    };
  }[];
}

export interface AppliedResource {
  readonly address: string;
  readonly action: "create" | "update" | "delete";
}

/** The part of `terraform show -json` that holds the state of the root module. */
export interface State {
  readonly values?: {
    readonly root_module: {
      readonly resources?: readonly { readonly address: string; readonly values: ResourceValues }[];
    };
  };
}

/** A resource's attributes and blocks by name, as terraform stored them. */
export type ResourceValues = Readonly<Record<string, unknown>>;

export interface TerraformResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A terraform command that failed, in terraform's words. */
export class TerraformError extends Error {
  public override readonly name = "TerraformError";
  public readonly diagnostics: readonly Diagnostic[];

  public constructor(command: string, { status, stdout, stderr }: TerraformResult) {
    const diagnostics = diagnosticsOf(stdout);
    const told = diagnostics.map(
      ({ address, summary, detail }) => `${address ?? "configuration"}: ${summary}: ${detail}`,
    );
    super(`terraform ${command} ended with status ${status}.\n${told.join("\n") || `${stdout}${stderr}`}`);
    this.diagnostics = diagnostics;
  }
}

/** The diagnostics in the output of a command with `-json`. */
function diagnosticsOf(stdout: string): readonly Diagnostic[] {
  return messages(stdout).flatMap(({ diagnostic }) => (diagnostic ? [diagnostic] : []));
}

export function appliedResources(stdout: string): readonly AppliedResource[] {
  return messages(stdout).flatMap(({ type, hook }) =>
    type === "apply_complete" && hook && hook.action !== "read"
      ? [{ address: hook.resource.addr, action: hook.action }]
      : [],
  );
}

/** A line of terraform's machine-readable user interface. */
interface Message {
  readonly type?: string;
  readonly diagnostic?: Diagnostic;
  readonly hook?: { readonly resource: { readonly addr: string }; readonly action: AppliedResource["action"] | "read" };
}

function messages(stdout: string): readonly Message[] {
  return stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Message);
}
