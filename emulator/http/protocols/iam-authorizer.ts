import type { Environment } from "../../cloud/environment";
import type { SigningCredentials } from "../../cloud/gateway/outbound/outbound-request";
import type { HttpRequest } from "../../cloud/network/http-message";
import { accountNames, type RoleSession } from "../../cloud/iam/iam";
import { denial, type ResourcePolicies } from "../../cloud/iam/resource-policies";
import type { SessionCredentialsStore } from "../../cloud/iam/session-credentials";
import type { AuthorizerHop } from "../../cloud/jwt-authorizer";
import { EMULATOR_CREDENTIALS } from "../../credentials";
import type { CheckName } from "../../trace/fixes";
import type { HopRecorder } from "../../trace/hop-record";
import { claimedKey, verifySigV4 } from "./sigv4";

/** AgentCore's signing name, of its data plane as of its control plane. */
const SIGNING_NAME = "bedrock-agentcore";

/** What a caller has to be allowed to do: every action on every resource. */
export interface RequiredPermission {
  readonly actions: readonly CheckName<AuthorizerHop>[];
  readonly resources: readonly string[];
}

/** What stands before a gateway or a runtime that is authorized by IAM: the signature, then the caller's policies. */
export class IamAuthorizer {
  constructor(
    private readonly environment: Environment,
    private readonly sessions: SessionCredentialsStore,
    private readonly resourcePolicies: ResourcePolicies,
  ) {}

  /** @returns the refusal in AWS's words, or undefined for a caller who may come in */
  async refusal(
    request: HttpRequest,
    permission: RequiredPermission,
    hop: HopRecorder<AuthorizerHop>,
  ): Promise<{ reason: "signature" | "permission"; message: string } | undefined> {
    const scope = { service: SIGNING_NAME, region: this.environment.region };
    const verdict = await verifySigV4(request, Buffer.from(request.body), scope, this.sessions);
    if (!verdict.verified) {
      hop.check("SigV4 signature", false, {
        expected: `a request signed for ${SIGNING_NAME}`,
        actual: verdict.message,
      });
      return { reason: "signature", message: verdict.message };
    }
    hop.check("SigV4 signature", true, { actual: verdict.accessKeyId });
    const session = this.sessions.find(verdict.accessKeyId)?.session;
    const evidence = {
      expected: permission.resources.join(" and "),
      actual: session?.arn ?? "the account's administrator",
    };
    for (const action of permission.actions) {
      const message = this.denial(session, action, permission.resources, hop);
      hop.check(action, message === undefined, evidence);
      if (message !== undefined) return { reason: "permission", message };
    }
    return undefined;
  }

  /** Whether the bearer of a good token may come in. @returns why not, in the words of IAM */
  refusalOfBearer({ actions, resources }: RequiredPermission, hop: HopRecorder<AuthorizerHop>): string | undefined {
    for (const action of actions) {
      const refused = this.resourcePolicies.refusalOfBearer(action, resources, hop);
      if (refused !== undefined) return refused;
    }
    return undefined;
  }

  /** Either policy may allow, and each may deny: developer guide, "resource-based-policies". */
  private denial(
    session: RoleSession | undefined,
    action: string,
    resources: readonly string[],
    hop: HopRecorder<AuthorizerHop>,
  ): string | undefined {
    const root = rootArn(this.environment);
    const caller = session ?? { arn: root, principals: accountNames(root) };
    for (const resource of resources) {
      const granted = this.resourcePolicies.decide(caller, action, resource);
      if (granted !== undefined && granted !== "implicitDeny") {
        hop.check("resource policy", granted === "allowed", () => this.resourcePolicies.evidence(resource, granted));
      }
      const message = session
        ? session.denialFor(action, resource, granted)
        : granted === "explicitDeny" && denial(caller, action, resource, granted);
      if (message) return message;
    }
    return undefined;
  }

  /** The session of the role whose credentials have signed a request, or the account itself. */
  callerOf(request: HttpRequest): { readonly arn: string; readonly principal: string } {
    const session = this.sessions.find(claimedKey(request))?.session;
    const arn = session?.arn ?? rootArn(this.environment);
    return { arn, principal: session?.roleArn ?? arn };
  }

  /** Those that have signed a request. */
  credentialsOf(request: HttpRequest): SigningCredentials {
    return this.sessions.find(claimedKey(request))?.credentials ?? EMULATOR_CREDENTIALS;
  }
}

/** What the emulator's own credentials are of. */
const rootArn = ({ partition, accountId }: Environment): string => `arn:${partition}:iam::${accountId}:root`;
