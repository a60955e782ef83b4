// emulator/cloud/iam/: roles, policies, and what they allow.
import type { Environment } from "../environment";
import type { Principal } from "./iam";

/**
 * Who calls the AWS APIs with the emulated account's own credentials: an administrator, so that nobody has to write
 * policies for himself before he can begin. Policies are evaluated for the roles that services assume.
 */
export class Administrator implements Principal {
  readonly arn: string;
  /** As IAM gives it to users. */
  readonly userId = "AIDAEMULATEDADMIN0000";

  constructor({ partition, accountId }: Environment) {
    this.arn = `arn:${partition}:iam::${accountId}:user/administrator`;
  }

  isAllowed(): boolean {
    return true;
  }

  authorize(): void {}
}
