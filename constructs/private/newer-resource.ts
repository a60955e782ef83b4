import { type ITerraformDependable, TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { addDependencies } from "./dependencies";
import { requireProvider } from "./provider-version";

export interface NewerResourceProps {
  /** Terraform's type, `aws_…`. */
  readonly type: string;
  /** What it is for, in the words of an error message. */
  readonly feature: string;
  /** The first provider release that has the type. */
  readonly since: string;
  /** As Terraform takes them; what is undefined is left out. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** The blocks, each a list as Terraform takes it. */
  readonly blocks?: Readonly<Record<string, readonly unknown[]>>;
  /** What must exist before. */
  readonly dependencies?: readonly ITerraformDependable[];
}

/** A resource of the AWS provider that the oldest bindings do not have, because their provider does not. */
export class NewerResource extends TerraformResource {
  private readonly values: Readonly<Record<string, unknown>>;

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: NewerResourceProps,
  ) {
    super(scope, id, {
      terraformResourceType: props.type,
      terraformGeneratorMetadata: { providerName: "aws" },
    });
    addDependencies(this, props.dependencies ?? []);
    this.values = { ...props.attributes, ...props.blocks };
    requireProvider(this, props);
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { ...this.values };
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    const { attributes, blocks = {} } = this.props;
    return Object.fromEntries<unknown>([
      ...Object.entries(attributes)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => [name, { value, isBlock: false, ...typeOf(value) }] as const),
      ...Object.entries(blocks).map(
        ([name, value]) => [name, { value, isBlock: true, type: "list", storageClassType: "objectList" }] as const,
      ),
    ]);
  }
}

const typeOf = (value: unknown) =>
  typeof value === "object"
    ? { type: "map", storageClassType: "stringMap" }
    : { type: "simple", storageClassType: typeof value };
