import { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { requireTerraform } from "./provider-version";

export interface LocalCommandProps {
  /** Shell commands, without braces that Terraform would take for references of its own. */
  readonly command: string;
  /** The commands' arguments. */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * What the plan shows of the command.
   * @default - nothing
   */
  readonly input?: Readonly<Record<string, string>>;
  /** The commands run again when one of these values changes. */
  readonly triggersReplace: Readonly<Record<string, string>>;
}

/**
 * Shell commands that `apply` runs: a `terraform_data` resource with a `local-exec` provisioner.
 *
 * CDKTF's own class for `terraform_data` starts the `terraform` command at each synthesis, once for each resource, to
 * see its version. Here the stack states the version that it needs, and Terraform itself looks.
 */
export class LocalCommand extends TerraformResource {
  private readonly triggersReplace: Readonly<Record<string, string>>;
  private readonly input: Readonly<Record<string, string>> | undefined;

  public constructor(scope: Construct, id: string, props: LocalCommandProps) {
    const { command, environment, triggersReplace, input } = props;
    super(scope, id, {
      terraformResourceType: "terraform_data",
      terraformGeneratorMetadata: { providerName: "terraform" },
      provisioners: [
        {
          type: "local-exec",
          interpreter: ["sh", "-c"],
          command,
          environment: environment && { ...environment },
        },
      ],
    });
    this.triggersReplace = triggersReplace;
    this.input = input;
    requireTerraform(this, "1.4", "Running commands in an apply (terraform_data)");
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { input: this.input, triggers_replace: this.triggersReplace };
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    const map = (value: Readonly<Record<string, string>>) => ({
      value,
      isBlock: false,
      type: "map",
      storageClassType: "stringMap",
    });
    return { ...(this.input && { input: map(this.input) }), triggers_replace: map(this.triggersReplace) };
  }
}
