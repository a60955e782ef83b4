import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { DataResource, type ITerraformDependable, Lazy } from "cdktf";
import { Construct } from "constructs";
import { withChosenAddress } from "../../private/addresses";
import { AwsEnvironment } from "../../private/aws-environment";
import { policyDocument, type PolicyStatement } from "../../private/iam-policy";

export interface IdentityPolicyProps {
  readonly policyName: string;
  readonly roleName: string;
  /** The gateway's own identity, which the service creates with the gateway. */
  readonly workloadIdentityArn: string;
}

/** The ARNs of a credential provider and of the secret that AgentCore Identity keeps for it. */
export interface OauthIdentity {
  readonly providerArn: string;
  readonly secretArn: string;
}

/**
 * A new policy takes effect some seconds after IAM has accepted it, and AWS connects to a target only once: a target
 * that is created earlier fails for good. Live reports needed up to 20 seconds.
 */
const PROPAGATION_SECONDS = 20;

/**
 * What AgentCore Identity asks of a gateway's role when the gateway fetches a token: the workload access token, the
 * OAuth2 token, and the client secret, which the token vault reads in the role's name.
 *
 * It names the gateway's own identity, and the providers and secrets of its targets, nothing else. The identity exists
 * only after the gateway, so the order is role, gateway, policy, target. The policy is created with its first provider,
 * and every change of it is followed by a pause until IAM knows it everywhere.
 */
export class IdentityPolicy extends Construct {
  private readonly identities: OauthIdentity[] = [];
  private dependencies: readonly ITerraformDependable[] | undefined;

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: IdentityPolicyProps,
  ) {
    super(scope, id);
  }

  /** Allows one more provider, and returns what a target that uses it must wait for. */
  public allow(identity: OauthIdentity): readonly ITerraformDependable[] {
    if (!this.identities.some(({ providerArn }) => providerArn === identity.providerArn)) {
      this.identities.push(identity);
    }
    this.dependencies ??= this.createPolicy();
    return this.dependencies;
  }

  private createPolicy(): ITerraformDependable[] {
    const policy = withChosenAddress(
      new IamRolePolicy(this, "Resource", {
        name: this.props.policyName,
        role: this.props.roleName,
        policy: Lazy.stringValue({ produce: () => policyDocument(this.statements()) }),
      }),
    );
    const propagation = withChosenAddress(
      new DataResource(this, "Propagation", {
        triggersReplace: { policy: policy.policy },
        provisioners: [{ type: "local-exec", interpreter: ["sh", "-c"], command: `sleep ${PROPAGATION_SECONDS}` }],
      }),
    );
    return [policy, propagation];
  }

  /** GetResourceOauth2Token is authorized on all four kinds of resource at once. */
  private statements(): PolicyStatement[] {
    const environment = AwsEnvironment.of(this);
    const workload = [
      environment.arn("bedrock-agentcore", "workload-identity-directory/default"),
      this.props.workloadIdentityArn,
    ];
    const tokenVault = environment.arn("bedrock-agentcore", "token-vault/default");
    return [
      {
        Sid: "GetWorkloadAccessToken",
        Effect: "Allow",
        Action: ["bedrock-agentcore:GetWorkloadAccessToken"],
        Resource: workload,
      },
      {
        Sid: "GetResourceOauth2Token",
        Effect: "Allow",
        Action: ["bedrock-agentcore:GetResourceOauth2Token"],
        Resource: [...workload, tokenVault, ...this.identities.map(({ providerArn }) => providerArn)],
      },
      {
        Sid: "GetSecretValue",
        Effect: "Allow",
        Action: ["secretsmanager:GetSecretValue"],
        Resource: this.identities.map(({ secretArn }) => secretArn),
      },
    ];
  }
}
