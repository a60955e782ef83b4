import { BedrockagentcoreWorkloadIdentity } from "@cdktf/provider-aws/lib/bedrockagentcore-workload-identity";
import { Construct } from "constructs";
import { reportProblems } from "../private/checks";
import { derivedName, nameProblems, WORKLOAD_IDENTITY_NAME } from "../private/names";

/** What a WorkloadIdentity is made with. */
export interface WorkloadIdentityProps {
  /**
   * 3 to 255 letters, digits, dots, hyphens and underscores. Use lower case: IAM compares case, and the service lowers
   * the names of the identities that it makes itself.
   * @default - derived from the construct's path, in lower case
   */
  readonly workloadIdentityName?: string;

  /**
   * URLs to which users may come back after they consented to a token (3LO).
   * @default - none
   */
  readonly allowedResourceOauth2ReturnUrls?: readonly string[];
}

/**
 * An identity with which a workload outside AgentCore fetches tokens from the token vault. Gateways and runtimes have
 * their own, which the service makes.
 */
export class WorkloadIdentity extends Construct {
  /** As given, or as derived from the path. */
  public readonly workloadIdentityName: string;
  /** `arn:…:workload-identity-directory/default/workload-identity/<name>`. */
  public readonly workloadIdentityArn: string;

  public constructor(scope: Construct, id: string, props: WorkloadIdentityProps = {}) {
    super(scope, id);
    const { allowedResourceOauth2ReturnUrls: returnUrls = [] } = props;
    const name = props.workloadIdentityName ?? derivedName(this, { separator: "-", maxLength: 100 });
    reportProblems(this, nameProblems(WORKLOAD_IDENTITY_NAME, name));
    const resource = new BedrockagentcoreWorkloadIdentity(this, "Resource", {
      name,
      allowedResourceOauth2ReturnUrls: returnUrls.length > 0 ? [...returnUrls] : undefined,
    });
    this.workloadIdentityName = resource.name;
    this.workloadIdentityArn = resource.workloadIdentityArn;
  }
}
