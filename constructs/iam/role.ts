import { Fn, Token } from "cdktf";
import { ROLE_NAME } from "../../aws/iam/names";
import { throwProblems } from "../private/errors";
import { invalidArn } from "../private/problems/values";

/**
 * An IAM role that something else made: the `IamRole` resource and the `DataAwsIamRole` data source of the AWS
 * provider, or `Role.fromRoleArn`.
 */
export interface IRole {
  /** `arn:<partition>:iam::<account>:role/<path and name>`. */
  readonly arn: string;
  /** The name without a path. */
  readonly name: string;
  /**
   * Whether permissions are added to the role. With `false` somebody else sees to them.
   * @default true
   */
  readonly mutable?: boolean;
}

/** What else is known of a role that exists. */
export interface FromRoleArnOptions {
  /**
   * Whether permissions are added to the role, as inline policies. With `false` somebody else sees to them, before the
   * role is used.
   * @default true
   */
  readonly mutable?: boolean;
}

/** Roles that exist already. */
export class Role {
  /**
   * A role by its ARN, `arn:<partition>:iam::<account>:role/<path and name>`.
   * @throws ValidationError for any other text
   */
  public static fromRoleArn(roleArn: string, options: FromRoleArnOptions = {}): IRole {
    const name = nameInArn(roleArn);
    if (name === "") throwProblems([invalidArn("role", roleArn, "arn:aws:iam::123456789012:role/my-role")]);
    return { arn: roleArn, name, mutable: options.mutable ?? true };
  }

  private constructor() {}
}

const ROLE_ARN = new RegExp(`^arn:aws[\\w-]*:iam::\\d{12}:role/(?:[\\w+=,.@/-]*/)?(?<name>${ROLE_NAME.pattern})$`);

/** What follows the path, also where only Terraform knows the ARN; empty where it is none of a role. */
function nameInArn(roleArn: string): string {
  if (Token.isUnresolved(roleArn)) return Token.asString(Fn.element(Fn.reverse(Fn.split("/", roleArn)), 0));
  return ROLE_ARN.exec(roleArn)?.groups?.["name"] ?? "";
}

/** Where a role that is created is, and what it can never be allowed. */
export interface CreatedRoleOptions {
  /**
   * Path of the role that is created, with a slash at both ends, up to 512 characters.
   * @default "/"
   */
  readonly rolePath?: string;

  /**
   * ARN of the policy that bounds what the role that is created may do, whatever it is allowed.
   * @default - none
   */
  readonly permissionsBoundaryArn?: string;
}
